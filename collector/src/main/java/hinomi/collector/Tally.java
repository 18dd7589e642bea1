package hinomi.collector;

import hinomi.model.Admission;
import hinomi.model.Failure;
import hinomi.model.OverLimit;
import hinomi.model.Unavailable;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.Map;

/// Counts every item: received = stored + Σ dropped by reason. The counters of what is dropped
/// begin at zero, for a rule sees no increase in a series that begins with its first drop.
final class Tally {
  private static final String DROPPED = "hinomi.collector.dropped";

  /// By signal, the reasons of the decoders, the gates and the stores, in the order of the path.
  private static final Map<String, List<String>> REASONS =
      Map.of(
          "metrics",
          List.of(
              "bad_exemplar",
              "bad_histogram",
              "bad_metadata",
              "bad_metric_name",
              "bad_references",
              "delta_out_of_order",
              "delta_series_limit",
              "histogram_bounds",
              "histogram_buckets",
              "histogram_count",
              "histogram_negative_count",
              "histogram_schema",
              "histogram_spans",
              "no_samples",
              "unspecified_temporality",
              "bad_labels",
              "duplicate_label",
              "empty_label_name",
              "invalid_utf8",
              "label_name_too_long",
              "label_value_too_long",
              "no_name",
              "too_many_labels",
              "duplicate_timestamp",
              "instance_series_limit",
              "metric_series_limit",
              "out_of_bounds",
              "series_limit",
              "too_far_in_future",
              "too_old"),
          "logs",
          List.of(
              "bad_entry",
              "bad_labels",
              "no_labels",
              "label_name_too_long",
              "label_value_too_long",
              "too_far_ahead",
              "too_many_labels",
              "too_much_metadata",
              "too_old",
              "labels_too_large",
              "line_too_long",
              "metadata_too_large",
              "too_many_streams"));

  private static final List<String> STORE_REASONS =
      List.of("store_unavailable", "store_full", "store_refused", "store_failed");

  private static final List<String> SIGNALS_NOT_STORED = List.of("traces");
  private static final String NOT_STORED = "not_stored";

  private final MeterRegistry registry;

  Tally(MeterRegistry registry) {
    this.registry = registry;
    REASONS.forEach((signal, reasons) -> {
      reasons.forEach(reason -> dropped(signal, reason, 0));
      STORE_REASONS.forEach(reason -> dropped(signal, reason, 0));
    });
    SIGNALS_NOT_STORED.forEach(signal -> dropped(signal, NOT_STORED, 0));
  }

  void received(String signal, String protocol, int count) {
    registry
        .counter("hinomi.collector.received", "signal", signal, "protocol", protocol)
        .increment(count);
  }

  /// What comes along with samples and is not accounted for: the store keeps the newest of it.
  void along(String what, String protocol, int count) {
    if (count > 0) {
      registry.counter("hinomi.collector." + what, "protocol", protocol).increment(count);
    }
  }

  void stored(String signal, int count) {
    registry.counter("hinomi.collector.stored", "signal", signal).increment(count);
  }

  void cut(String signal, int count) {
    registry.counter("hinomi.collector.cut", "signal", signal).increment(count);
  }

  void dropped(String signal, String reason, int count) {
    registry.counter(DROPPED, "signal", signal, "reason", reason).increment(count);
  }

  void dropped(String signal, List<Admission.Refusal> refusals) {
    refusals.forEach(refusal -> dropped(signal, refusal.reason(), refusal.count()));
  }

  /// Items of a kind that is not stored at all.
  void notStored(String signal, int count) {
    dropped(signal, NOT_STORED, count);
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
