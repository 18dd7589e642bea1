package hinomi.alertengine.evaluate;

import hinomi.alertengine.rule.Rule;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.Tracer;
import java.time.Duration;
import java.time.Instant;

/// Counts evaluations, and begins the trace that a page continues.
public final class EvaluationTelemetry {
  private final MeterRegistry registry;
  private final Tracer tracer;
  private final Counter evaluations;
  private final Counter missed;
  private final Timer duration;

  public EvaluationTelemetry(MeterRegistry registry, Tracer tracer) {
    this.registry = registry;
    this.tracer = tracer;
    this.evaluations = registry.counter("hinomi.alertengine.evaluations");
    this.missed = registry.counter("hinomi.alertengine.evaluations.missed");
    this.duration =
        Timer.builder("hinomi.alertengine.evaluation.duration")
            .description("One evaluation of a rule group")
            .register(registry);
  }

  void evaluated(Duration took) {
    evaluations.increment();
    duration.record(took);
  }

  void missed(long slots) {
    missed.increment((double) slots);
  }

  void failed(Rule rule) {
    registry.counter("hinomi.alertengine.failures", "rule", rule.id()).increment();
  }

  void samplesLost(String reason, int count) {
    registry.counter("hinomi.alertengine.samples.dropped", "reason", reason).increment(count);
  }

  void eventsLost(int count) {
    registry.counter("hinomi.alertengine.events.dropped", "reason", "full").increment(count);
  }

  /// Begins at the arrival of what caused the evaluation, so that the trace holds all stages.
  Span begin(String group, Instant arrived, String cause) {
    return tracer
        .spanBuilder("evaluate rules")
        .setNoParent()
        .setStartTimestamp(arrived)
        .setAttribute("group", group)
        .setAttribute("cause", cause)
        .startSpan();
  }

  /// W3C Trace Context, or empty when the span is not recorded.
  static String traceparent(Span span) {
    return span.getSpanContext().isValid()
        ? "00-%s-%s-%s"
            .formatted(
                span.getSpanContext().getTraceId(),
                span.getSpanContext().getSpanId(),
                span.getSpanContext().getTraceFlags().asHex())
        : "";
  }
}
