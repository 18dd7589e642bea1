package hinomi.alertengine.backtest;

import hinomi.model.Labels;
import java.time.Instant;
import java.util.List;

/// Something that is known to have been wrong.
///
/// @param alerts names of the alerts that are about it; none: any that has its component
/// @param components ids of what was concerned; none: any
public record Labelled(
    String name, Instant from, Instant to, List<String> alerts, List<String> components) {
  public Labelled {
    alerts = List.copyOf(alerts);
    components = List.copyOf(components);
  }

  /// Whether an alert speaks about it.
  boolean isMeantBy(Labels alert) {
    return (alerts.isEmpty() || alerts.contains(alert.get("alertname")))
        && (components.isEmpty() || components.contains(alert.get("component")));
  }
}
