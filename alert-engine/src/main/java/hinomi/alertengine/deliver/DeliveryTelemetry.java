package hinomi.alertengine.deliver;

import hinomi.alertengine.journal.Delivery;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/// Counts deliveries and continues the trace that began at the evaluation.
final class DeliveryTelemetry {
  private final MeterRegistry registry;
  private final Tracer tracer;
  private final AtomicLong depth = new AtomicLong();
  private final Gauge shown;

  DeliveryTelemetry(MeterRegistry registry, Tracer tracer) {
    this.registry = registry;
    this.tracer = tracer;
    this.shown =
        Gauge.builder("hinomi.alertengine.outbox.depth", depth, AtomicLong::get).register(registry);
    // There from the start: a rule cannot see the increase of a counter that begins with one.
    for (String channel :
        List.of("person", "channel", Couriers.WEBHOOK, Couriers.HOOK, Couriers.MAIL)) {
      for (Delivery.State state : Delivery.State.values()) {
        counter(state, channel);
      }
    }
  }

  /// Leaves the gauge to who comes after.
  void close() {
    Meter _ = registry.remove(shown);
  }

  void depth(long rows) {
    depth.set(rows);
  }

  /// @param since when the message began to wait for this attempt
  void settled(Delivery delivery, Delivery.Attempt attempt, Delivery.State state, Instant since) {
    counter(state, Couriers.kind(delivery.target())).increment();
    if (state == Delivery.State.SENT && isFirst(delivery)) {
      Timer.builder("hinomi.alertengine.page.latency")
          .description("From the arrival of the samples to the delivered page")
          .publishPercentileHistogram()
          .register(registry)
          .record(Duration.between(delivery.originAt(), attempt.endedAt()));
    }
    trace(delivery, attempt, state, since);
  }

  private static boolean isFirst(Delivery delivery) {
    return delivery.notification().reason() == hinomi.alertengine.group.Reason.FIRST_ALERT
        && delivery.notification().group().route().page();
  }

  private Counter counter(Delivery.State state, String channel) {
    return registry.counter(
        switch (state) {
          case SENT -> "hinomi.alertengine.notifications.sent";
          case FAILED -> "hinomi.alertengine.notifications.failed";
          case SUPERSEDED -> "hinomi.alertengine.notifications.superseded";
          case PENDING, SENDING -> "hinomi.alertengine.notifications.retried";
        },
        "channel",
        channel);
  }

  private void trace(
      Delivery delivery, Delivery.Attempt attempt, Delivery.State state, Instant since) {
    Context parent = Traces.parent(delivery.traceparent());
    tracer
        .spanBuilder("outbox wait")
        .setParent(parent)
        .setStartTimestamp(since)
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
}
