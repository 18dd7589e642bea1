package hinomi.alertengine.evaluate;

import hinomi.alertengine.rule.Rule;
import hinomi.alertengine.state.Alert;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// A rule as its last evaluation left it.
///
/// @param error empty when it went well
/// @param at when it was evaluated last; [Instant#EPOCH] before the first time
public record RuleView(Rule rule, List<Alert> alerts, String error, Instant at, Duration took) {
  public RuleView {
    alerts = List.copyOf(alerts);
  }

  /// The same of the rule as it is written now.
  RuleView of(Rule rule, List<Alert> alerts) {
    return new RuleView(rule, alerts, error, at, took);
  }

  /// `unknown`, `ok` or `err`, as Prometheus says.
  public String health() {
    return !error.isEmpty() ? "err" : at.equals(Instant.EPOCH) ? "unknown" : "ok";
  }
}
