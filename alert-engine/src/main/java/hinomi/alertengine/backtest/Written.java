package hinomi.alertengine.backtest;

import hinomi.model.Labels;
import hinomi.model.Matcher;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// What rules write.
///
/// @param recorded metrics
/// @param alertnames of alerts, of which there are `ALERTS` and `ALERTS_FOR_STATE`
record Written(Set<String> recorded, Set<String> alertnames) {
  private static final Set<String> ALERTS = Set.of("ALERTS", "ALERTS_FOR_STATE");

  Written {
    recorded = Set.copyOf(recorded);
    alertnames = Set.copyOf(alertnames);
  }

  static Written of(Setup one, Setup other) {
    Set<String> recorded = new HashSet<>(one.recorded());
    recorded.addAll(other.recorded());
    Set<String> alertnames = new HashSet<>(one.alertnames());
    alertnames.addAll(other.alertnames());
    return new Written(recorded, alertnames);
  }

  Written without(Set<String> metrics) {
    Set<String> left = new HashSet<>(recorded);
    left.removeAll(metrics);
    return new Written(left, alertnames);
  }

  /// Whether an expression may read something of it.
  boolean mayBeReadBy(Reading reading) {
    return reading.selectors().stream().anyMatch(this::mayMatch);
  }

  boolean mayMatch(List<Matcher> matchers) {
    return recorded.stream().anyMatch(name -> fits(matchers, Labels.NAME, name))
        || (ALERTS.stream().anyMatch(name -> fits(matchers, Labels.NAME, name))
            && alertnames.stream().anyMatch(name -> fits(matchers, "alertname", name)));
  }

  private static boolean fits(List<Matcher> matchers, String label, String value) {
    return matchers.stream()
        .filter(matcher -> matcher.name().equals(label))
        .allMatch(matcher -> matcher.matches(value));
  }

  boolean has(Labels labels) {
    return recorded.contains(labels.metric())
        || (ALERTS.contains(labels.metric()) && alertnames.contains(labels.get("alertname")));
  }
}
