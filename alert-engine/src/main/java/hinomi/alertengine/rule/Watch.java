package hinomi.alertengine.rule;

import hinomi.alertengine.calendar.TradingCalendar;
import hinomi.alertengine.rule.kind.Generated;
import hinomi.alertengine.rule.kind.Language;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What an alerting rule says beyond Prometheus' format, in its map `hinomi:`. [#PLAIN] is a rule
/// without: it behaves as Prometheus has it, but for what [hinomi.alertengine.state.AlertStates]
/// adds for all.
///
/// @param trigger when it is evaluated beyond its group's slots
/// @param recover an alert fires on while this still yields its labels; empty: none
/// @param noData what is done when the series that it compares are gone
/// @param error what is done when its query fails
/// @param hold how long an alert fires on for want of data, if not as configured for all
/// @param minSamples that a series must have before its alert fires; 0: any
/// @param when the phases of a trading calendar in which it is judged at all
/// @param language of its expression
/// @param origin of a rule whose expression was generated: what it was generated from; empty: none
public record Watch(
    Trigger trigger,
    String recover,
    Unjudged noData,
    Unjudged error,
    Optional<Duration> hold,
    int minSamples,
    Optional<When> when,
    Language language,
    String origin) {
  /// A rule of Prometheus.
  public static final Watch PLAIN =
      new Watch(
          Trigger.ARRIVAL,
          "",
          Unjudged.HOLD,
          Unjudged.HOLD,
          Optional.empty(),
          0,
          Optional.empty(),
          Language.PROMQL,
          "");

  /// The same for an expression that was generated. One that looks for what is there only while
  /// something is wrong has its answer when it finds nothing, unless the rule says otherwise.
  Watch over(Generated.Raised raised) {
    Unjudged none =
        raised.emptyIsFine() && noData.equals(Unjudged.HOLD)
            ? new Unjudged(Duration.ZERO, Action.OK, noData.forget())
            : noData;
    return new Watch(
        trigger, recover, none, error, hold, minSamples, when, raised.language(), raised.origin());
  }

  /// The same with a time to hold for want of data, if it names none itself.
  public Watch holding(Duration otherwise) {
    return new Watch(
        trigger,
        recover,
        noData,
        error,
        Optional.of(hold.orElse(otherwise)),
        minSamples,
        when,
        language,
        origin);
  }

  /// What a group is evaluated by, beside its slots.
  public enum Trigger {
    /// Soon after samples arrived that it looks at, a second between.
    ARRIVAL,
    /// At once with the sample.
    PUSH
  }

  /// What is done about a series that cannot be judged.
  public enum Action {
    /// An alert of its own, which wakes people.
    PAGE,
    /// An alert of its own, which does not.
    NOTICE,
    /// What fires goes on firing, and nobody is told.
    HOLD,
    /// It counts as well: what fires is over.
    OK
  }

  /// A state in which nothing can be said of a series.
  ///
  /// @param holdFor how long it must last before the action is taken
  /// @param forget after how long a series that is gone, while others of the rule are there, is no
  ///   longer expected
  public record Unjudged(Duration holdFor, Action action, Duration forget) {
    /// The label that tells the alerts of these states from those of the expression.
    public static final String LABEL = "alertstate_reason";

    /// A day: nobody waits for a machine for longer that was taken away for good.
    static final Duration FORGET = Duration.ofDays(1);

    static final Unjudged HOLD = new Unjudged(Duration.ZERO, Action.HOLD, FORGET);

    /// Whether an alert of its own is raised.
    public boolean raises() {
      return action == Action.PAGE || action == Action.NOTICE;
    }
  }

  /// What becomes of firing alerts when the market leaves the phases in which a rule is judged.
  public enum Outside {
    RESOLVE,
    HOLD
  }

  /// The phases of a trading calendar in which a rule is judged.
  ///
  /// @param not that it is judged in all phases but these
  public record When(TradingCalendar calendar, List<String> phases, boolean not, Outside outside) {
    public When {
      phases = List.copyOf(phases);
    }

    /// Why the rule is not judged at a time; empty when it is.
    public Optional<String> outside(Instant at) {
      String phase = calendar.phaseAt(at);
      return phases.contains(phase) != not
          ? Optional.empty()
          : Optional.of("outside: " + calendar.id() + " is in the phase " + phase);
    }
  }
}
