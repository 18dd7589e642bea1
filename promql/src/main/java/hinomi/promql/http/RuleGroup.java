package hinomi.promql.http;

import hinomi.model.Labels;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A group of rules as its last evaluation left it.
///
/// @param file where it is written
/// @param limit of alerts or series that one rule may make; 0 means none
/// @param evaluated the last evaluation of the group
public record RuleGroup(
    String name, String file, Duration interval, int limit, Run evaluated, List<Rule> rules) {
  public RuleGroup {
    rules = List.copyOf(rules);
  }

  /// @param at empty before the first time
  public record Run(Optional<Instant> at, Duration took) {}

  /// What a rule is and how it stands.
  public sealed interface Rule {
    String name();

    String query();

    Map<String, String> labels();

    Evaluation evaluation();
  }

  /// @param error what the last evaluation failed with; empty when it went well
  public record Evaluation(Run run, String error) {
    /// `unknown`, `ok` or `err`.
    String health() {
      return !error.isEmpty() ? "err" : run.at().isEmpty() ? "unknown" : "ok";
    }
  }

  /// @param labels and
  /// @param annotations as they are written, templates unfilled
  public record Alerting(
      String name,
      String query,
      Duration holdFor,
      Duration keepFiringFor,
      Map<String, String> labels,
      Map<String, String> annotations,
      List<Alert> alerts,
      Evaluation evaluation)
      implements Rule {
    public Alerting {
      alerts = List.copyOf(alerts);
    }
  }

  /// @param labels that it adds
  public record Recording(
      String name, String query, Map<String, String> labels, Evaluation evaluation)
      implements Rule {}

  /// @param firing otherwise pending
  /// @param keepFiringSince when its condition ended, if it is kept firing
  /// @param value of the expression
  public record Alert(
      Labels labels,
      Map<String, String> annotations,
      boolean firing,
      Instant activeAt,
      Optional<Instant> keepFiringSince,
      double value) {}
}
