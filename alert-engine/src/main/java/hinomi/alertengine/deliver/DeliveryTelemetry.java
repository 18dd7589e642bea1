package hinomi.alertengine.deliver;

import hinomi.alertengine.journal.Delivery;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/// Counts deliveries and continues the trace that began at the evaluation.
final class DeliveryTelemetry {
  private final MeterRegistry registry;
  private final Tracer tracer;
  private final AtomicLong depth = new AtomicLong();

  DeliveryTelemetry(MeterRegistry registry, Tracer tracer) {
    this.registry = registry;
    this.tracer = tracer;
    registry.gauge("hinomi.alertengine.outbox.depth", depth);
  }

  void depth(long rows) {
    depth.set(rows);
  }

  void settled(Delivery delivery, Delivery.Attempt attempt, Delivery.State state) {
    counter(
            switch (state) {
              case SENT -> "hinomi.alertengine.notifications.sent";
              case FAILED -> "hinomi.alertengine.notifications.failed";
              case SUPERSEDED -> "hinomi.alertengine.notifications.superseded";
              case PENDING, SENDING -> "hinomi.alertengine.notifications.retried";
            },
            delivery)
        .increment();
    if (state == Delivery.State.SENT && isFirst(delivery)) {
      Timer.builder("hinomi.alertengine.page.latency")
          .description("From the arrival of the samples to the delivered page")
          .publishPercentileHistogram()
          .register(registry)
          .record(Duration.between(delivery.originAt(), attempt.endedAt()));
    }
    trace(delivery, attempt, state);
  }

  private static boolean isFirst(Delivery delivery) {
    return delivery.notification().reason() == hinomi.alertengine.group.Reason.FIRST_ALERT
        && delivery.notification().group().route().page();
  }

  private Counter counter(String name, Delivery delivery) {
    return registry.counter(name, "channel", Couriers.kind(delivery.target()));
  }

  private void trace(Delivery delivery, Delivery.Attempt attempt, Delivery.State state) {
    Context parent = parent(delivery.traceparent());
    tracer
        .spanBuilder("outbox wait")
        .setParent(parent)
        .setStartTimestamp(delivery.createdAt())
        .setAttribute("delivery", delivery.id())
        .startSpan()
        .end(attempt.startedAt());
    Span span =
        tracer
            .spanBuilder("deliver")
            .setParent(parent)
            .setStartTimestamp(attempt.startedAt())
            .setAttribute("delivery", delivery.id())
            .setAttribute("target", delivery.target())
            .setAttribute("reason", delivery.notification().reason().word())
            .setAttribute("attempt", attempt.number())
            .startSpan();
    if (state != Delivery.State.SENT) {
      span.setStatus(StatusCode.ERROR, attempt.detail());
    }
    span.end(attempt.endedAt());
  }

  /// W3C Trace Context: `00-<trace>-<span>-<flags>`.
  private static Context parent(String traceparent) {
    String[] parts = traceparent.split("-");
    if (parts.length != 4) {
      return Context.root();
    }
    SpanContext remote =
        SpanContext.createFromRemoteParent(
            parts[1], parts[2], TraceFlags.fromHex(parts[3], 0), TraceState.getDefault());
    return Context.root().with(Span.wrap(remote));
  }
}
