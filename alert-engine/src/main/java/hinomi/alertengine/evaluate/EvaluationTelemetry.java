package hinomi.alertengine.evaluate;

import hinomi.alertengine.rule.Rule;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import java.time.Duration;
import java.time.Instant;

/// Counts evaluations, and begins the trace that a page continues.
public final class EvaluationTelemetry {
  private final MeterRegistry registry;
  private final Tracer tracer;
  private final Counter evaluations;
  private final Counter missed;
  private final Timer duration;
  private final Timer pushed;

  public EvaluationTelemetry(MeterRegistry registry, Tracer tracer) {
    this.registry = registry;
    this.tracer = tracer;
    this.evaluations = registry.counter("hinomi.alertengine.evaluations");
    this.missed = registry.counter("hinomi.alertengine.evaluations.missed");
    this.duration =
        Timer.builder("hinomi.alertengine.evaluation.duration")
            .description("One evaluation of a rule group")
            .register(registry);
    this.pushed =
        Timer.builder("hinomi.alertengine.push.duration")
            .description("One evaluation of a rule by itself, recording included")
            .register(registry);
  }

  void evaluated(Duration took) {
    evaluations.increment();
    duration.record(took);
  }

  void pushed(Duration took) {
    pushed.record(took);
  }

  void missed(long slots) {
    missed.increment((double) slots);
  }

  /// Before its first failure: a rule cannot see the increase of a counter that begins with one.
  void watch(Rule rule) {
    Counter _ = failures(rule);
  }

  void failed(Rule rule) {
    failures(rule).increment();
  }

  private Counter failures(Rule rule) {
    return registry.counter("hinomi.alertengine.failures", "rule", rule.id());
  }

  void samplesLost(String reason, int count) {
    registry.counter("hinomi.alertengine.samples.dropped", "reason", reason).increment(count);
  }

  void eventsLost(int count) {
    registry.counter("hinomi.alertengine.events.dropped", "reason", "full").increment(count);
  }

  /// Begins the trace of a change of state, at the time of the sample that caused it: the stages
  /// `arrival`, until it was stored, and `queue`, until somebody looked, are behind it. Only
  /// changes are traced: a rule that finds all well leaves no span.
  ///
  /// @param lookedAt when the evaluation began
  Span begin(Rule rule, Moment moment, Instant lookedAt) {
    Instant sampled = moment.arrival().newest();
    Instant stored = moment.arrivedAt();
    // Clocks may differ: what comes from the future has arrived at once.
    Instant from = sampled.isAfter(stored) ? stored : sampled;
    Span span =
        tracer
            .spanBuilder("alert changed")
            .setNoParent()
            .setStartTimestamp(from)
            .setAttribute("rule", rule.id())
            .setAttribute("cause", moment.cause())
            .startSpan();
    stage("arrival", span, from, stored);
    stage("queue", span, stored, lookedAt.isAfter(stored) ? lookedAt : stored);
    return span;
  }

  /// A stage on the way, measured already.
  void stage(String name, Span parent, Instant from, Instant to) {
    tracer
        .spanBuilder(name)
        .setParent(Context.root().with(parent))
        .setStartTimestamp(from)
        .startSpan()
        .end(to);
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
