package hinomi.collector;

import hinomi.model.Admission;
import hinomi.model.Failure;
import hinomi.model.OverLimit;
import hinomi.model.Unavailable;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;

/// Counts every item: received = stored + Σ dropped by reason.
final class Tally {
  private final MeterRegistry registry;

  Tally(MeterRegistry registry) {
    this.registry = registry;
  }

  void received(String signal, String protocol, int count) {
    registry
        .counter("hinomi.collector.received", "signal", signal, "protocol", protocol)
        .increment(count);
  }

  void stored(String signal, int count) {
    registry.counter("hinomi.collector.stored", "signal", signal).increment(count);
  }

  void cut(String signal, int count) {
    registry.counter("hinomi.collector.cut", "signal", signal).increment(count);
  }

  void dropped(String signal, String reason, int count) {
    registry
        .counter("hinomi.collector.dropped", "signal", signal, "reason", reason)
        .increment(count);
  }

  void dropped(String signal, List<Admission.Refusal> refusals) {
    refusals.forEach(refusal -> dropped(signal, refusal.reason(), refusal.count()));
  }

  /// The store took nothing: the sender is told and may try again.
  void failed(String signal, RuntimeException failure, int count) {
    dropped(signal, reason(failure), count);
  }

  private static String reason(RuntimeException failure) {
    return switch (failure) {
      case Unavailable _ -> "store_unavailable";
      case OverLimit _ -> "store_full";
      case Failure _ -> "store_refused";
      default -> "store_failed";
    };
  }
}
