package hinomi.console;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A group of rules as its last evaluation left it.
///
/// @param file that it is read from
/// @param interval at which it is evaluated
/// @param at when it was evaluated last
/// @param took how long that took
public record RuleGroup(
    String file,
    String name,
    Duration interval,
    Optional<Instant> at,
    Duration took,
    List<Rule> rules) {
  /// Evaluations that may be missed before a rule is called late.
  private static final int MISSED = 3;

  private static final Duration LEAST_LATE = Duration.ofMinutes(1);

  /// How a rule stands, the worst first.
  public enum State {
    /// It could not be evaluated.
    ERROR,
    /// It should have been evaluated and was not.
    LATE,
    FIRING,
    PENDING,
    OK,
    /// It has not been evaluated yet.
    UNKNOWN
  }

  /// One rule.
  ///
  /// @param recording it stores what its expression yields, under its name; else it raises alerts
  /// @param holdFor how long its condition must hold before an alert fires
  /// @param labels that it adds, as they are written
  /// @param pushed it is evaluated with the samples that it looks at, too
  /// @param firing how many of its alerts fire
  /// @param pending how many of its alerts wait
  /// @param error why it could not be evaluated; empty when it could
  public record Rule(
      boolean recording,
      String name,
      String expression,
      Duration holdFor,
      Map<String, String> labels,
      boolean pushed,
      int firing,
      int pending,
      String error,
      Optional<Instant> at,
      Duration took) {
    public Rule {
      labels = Collections.unmodifiableMap(new LinkedHashMap<>(labels));
    }
  }

  public RuleGroup {
    rules = List.copyOf(rules);
  }

  /// How one of its rules stands.
  public State state(Rule rule, Instant now) {
    if (!rule.error().isEmpty()) {
      return State.ERROR;
    }
    if (rule.at().isEmpty()) {
      return State.UNKNOWN;
    }
    if (isLate(now)) {
      return State.LATE;
    }
    return rule.firing() > 0 ? State.FIRING : rule.pending() > 0 ? State.PENDING : State.OK;
  }

  private boolean isLate(Instant now) {
    Duration missed = interval.multipliedBy(MISSED);
    Duration allowed = missed.compareTo(LEAST_LATE) < 0 ? LEAST_LATE : missed;
    return at.filter(last -> last.plus(allowed).isBefore(now)).isPresent();
  }
}
