package hinomi.model;

import java.time.Instant;
import java.util.Map;

/// An alert changed its state. Handed over at least once: after a restart what still fires is told
/// again, so who listens goes by `fingerprint` and `startsAt`.
///
/// @param fingerprint identifies the alert: 16 hex digits over its labels, `alertname` included
/// @param labels of the alert: those of the series, then those of the rule; `component` and
///   `severity` are among them where the rule has them
/// @param annotations rendered, in name order (`summary`, `description`, `summary_ja`…)
/// @param state what it changed to
/// @param activeAt since when the expression has been true
/// @param at when it changed
/// @param value of the expression at that time
public record AlertEvent(
    String fingerprint,
    Labels labels,
    Map<String, String> annotations,
    State state,
    Instant activeAt,
    Instant at,
    double value) {
  /// Prometheus' alert states that matter outside the engine.
  public enum State {
    FIRING,
    RESOLVED
  }

  public AlertEvent {
    annotations = Map.copyOf(annotations);
  }

  public String alertname() {
    return labels.get("alertname");
  }

  /// The id of the component that the alert speaks about, or the empty string.
  public String component() {
    return labels.get("component");
  }

  public String severity() {
    return labels.get("severity");
  }
}
