package hinomi.alertengine.state;

import hinomi.model.Labels;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;

/// One alert of one rule, as Prometheus keeps it (rules/alerting.go). Times that have not come are
/// [#NEVER].
///
/// @param labels the alert's identity within its rule
/// @param activeAt since when the expression has yielded its element
/// @param firedAt since when it fires
/// @param keepFiringSince since when it fires without its element
/// @param held that it would be resolved if there were data to say so
public record Alert(
    Labels labels,
    Map<String, String> annotations,
    Phase phase,
    double value,
    Instant activeAt,
    Instant firedAt,
    Instant resolvedAt,
    Instant keepFiringSince,
    boolean held) {
  /// The annotation that says why an alert is in its state, where that is not its expression.
  public static final String REASON = "state_reason";

  /// A time that has not come.
  public static final Instant NEVER = Instant.ofEpochMilli(Long.MAX_VALUE);

  /// Prometheus' states; what it calls inactive and keeps for a while is RESOLVED here.
  public enum Phase {
    PENDING,
    FIRING,
    RESOLVED
  }

  public Alert {
    annotations = Collections.unmodifiableMap(new TreeMap<>(annotations));
  }

  /// 16 hex digits over the labels.
  public String fingerprint() {
    return HexFormat.of().toHexDigits(labels.fingerprint());
  }

  static Alert pending(Labels labels, Map<String, String> annotations, double value, Instant at) {
    return new Alert(labels, annotations, Phase.PENDING, value, at, NEVER, NEVER, NEVER, false);
  }

  Alert seen(Map<String, String> newAnnotations, double newValue) {
    return new Alert(
        labels, newAnnotations, phase, newValue, activeAt, firedAt, resolvedAt, NEVER, false);
  }

  Alert firing(Instant at) {
    return new Alert(
        labels, annotations, Phase.FIRING, value, activeAt, at, NEVER, keepFiringSince, held);
  }

  Alert backToPending() {
    return new Alert(
        labels, annotations, Phase.PENDING, value, activeAt, NEVER, NEVER, NEVER, false);
  }

  Alert keptSince(Instant since) {
    return new Alert(
        labels, annotations, phase, value, activeAt, firedAt, resolvedAt, since, false);
  }

  Alert heldBack() {
    return new Alert(
        labels, annotations, phase, value, activeAt, firedAt, resolvedAt, keepFiringSince, true);
  }

  /// With a word on why it is what it is; an empty one takes that back.
  Alert saying(String reason) {
    Map<String, String> said = new TreeMap<>(annotations);
    if (reason.isEmpty()) {
      said.remove(REASON);
    } else {
      said.put(REASON, reason);
    }
    return new Alert(
        labels, said, phase, value, activeAt, firedAt, resolvedAt, keepFiringSince, held);
  }

  /// This alert, over.
  public Alert resolved(Instant at) {
    return new Alert(
        labels, annotations, Phase.RESOLVED, value, activeAt, firedAt, at, NEVER, false);
  }

  /// Since when it has waited: pending for its `for`, firing for its element or for data. [#NEVER]
  /// when it waits for nothing.
  public Instant waitsSince() {
    return switch (phase) {
      case PENDING -> activeAt;
      case FIRING -> keepFiringSince;
      case RESOLVED -> NEVER;
    };
  }

  /// This alert as if the time it was not watched had not passed, as Prometheus restores `for`.
  public Alert after(Duration unwatched) {
    return switch (phase) {
      case PENDING ->
          new Alert(
              labels,
              annotations,
              phase,
              value,
              activeAt.plus(unwatched),
              firedAt,
              resolvedAt,
              keepFiringSince,
              held);
      case FIRING ->
          keepFiringSince.equals(NEVER)
              ? this
              : new Alert(
                  labels,
                  annotations,
                  phase,
                  value,
                  activeAt,
                  firedAt,
                  resolvedAt,
                  keepFiringSince.plus(unwatched),
                  held);
      case RESOLVED -> this;
    };
  }
}
