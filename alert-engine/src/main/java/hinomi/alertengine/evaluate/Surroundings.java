package hinomi.alertengine.evaluate;

import hinomi.alertengine.AlertPorts;
import hinomi.model.Admission;
import hinomi.model.Failure;
import hinomi.model.Labels;
import hinomi.model.Time;
import hinomi.model.Vector;
import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What all runs work with.
///
/// @param changes where what an evaluation changed goes
/// @param maxHold how long an alert fires on for want of data
/// @param externalLabels what tells this installation from others, for templates
/// @param lags by which data come late
/// @param groups what looks of groups between slots may cost
/// @param pushes the same of rules by themselves
/// @param lastAlive when the engine was known to watch before it was started
public record Surroundings(
    AlertPorts ports,
    ChangeSink changes,
    Time time,
    EvaluationTelemetry telemetry,
    Duration maxHold,
    Labels externalLabels,
    Lags lags,
    Effort groups,
    Effort pushes,
    Instant lastAlive) {
  private static final Logger log = LoggerFactory.getLogger(Surroundings.class);

  private static final int GROUPS_REST = 10;
  private static final int PUSHES_REST = 4;
  private static final int GROUPS_TOGETHER =
      64; // fewer than the queries that may wait for their turn
  private static final int PUSHES_TOGETHER = 4;

  /// With the usual efforts.
  public Surroundings(
      AlertPorts ports,
      ChangeSink changes,
      Time time,
      EvaluationTelemetry telemetry,
      Duration maxHold,
      Labels externalLabels,
      Lags lags,
      Instant lastAlive) {
    this(
        ports,
        changes,
        time,
        telemetry,
        maxHold,
        externalLabels,
        lags,
        new Effort(GROUPS_REST, GROUPS_TOGETHER),
        new Effort(PUSHES_REST, PUSHES_TOGETHER),
        lastAlive);
  }

  /// Stores samples; what cannot be stored is counted, for a page must not wait for it. Answers why
  /// some are not, or an empty text.
  String store(Vector samples) {
    if (samples.isEmpty()) {
      return "";
    }
    try {
      Admission admission = ports.samples().append(samples);
      for (Admission.Refusal refusal : admission.refusals()) {
        telemetry.samplesLost(refusal.reason(), refusal.count());
      }
      return admission.refusals().isEmpty() ? "" : admission.refusals().getFirst().example();
    } catch (Failure e) {
      telemetry.samplesLost("store_failed", samples.size());
      log.atWarn().addKeyValue("reason", e.reason()).log("results of rules cannot be stored");
      return e.reason();
    }
  }
}
