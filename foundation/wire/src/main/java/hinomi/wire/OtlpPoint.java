package hinomi.wire;

import hinomi.model.Histogram;
import hinomi.model.Labels;
import hinomi.model.Sample;
import hinomi.model.WriteBatch;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.metrics.v1.DataPointFlags;
import io.opentelemetry.proto.metrics.v1.Exemplar;
import java.util.List;

/// One data point on its way into a batch: what its samples have in common. One thread.
final class OtlpPoint {
  private final String name;
  private final Labels labels;
  private final long timestamp;
  private final boolean stale;
  private final WriteBatch batch;
  private long start;

  OtlpPoint(
      String name,
      OtlpResource resource,
      List<KeyValue> attributes,
      Moment moment,
      WriteBatch batch) {
    Labels.Builder builder = Labels.builder();
    OtlpNames.labels(OtlpResource.attributes(attributes)).forEach(builder::set);
    resource.identity().forEach(builder::set);
    this.name = name;
    this.labels = builder.build();
    this.timestamp = millis(moment.end());
    this.stale =
        (moment.flags() & DataPointFlags.DATA_POINT_FLAGS_NO_RECORDED_VALUE_MASK_VALUE) != 0;
    this.batch = batch;
  }

  /// When a point counted, in nanoseconds since the epoch, and its flags.
  record Moment(long start, long end, int flags) {}

  /// Says since when it counts, nanoseconds since the epoch; 0 says nothing.
  void since(long nanos) {
    start = stale ? 0 : millis(nanos);
  }

  static long millis(long nanos) {
    return Long.divideUnsigned(nanos, 1_000_000);
  }

  long timestamp() {
    return timestamp;
  }

  /// Whether it says that there is no value any more.
  boolean isStale() {
    return stale;
  }

  /// The series, or what the series of a histogram have in common.
  Labels series() {
    return labels.with(Labels.NAME, name);
  }

  void number(double value, List<Exemplar> exemplars) {
    add("", value);
    exemplars(exemplars, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);
  }

  /// Classic: a series for each bound, counts that add up.
  void explicit(OtlpTotal.Explicit total, List<Exemplar> exemplars) {
    double sum = 0;
    double below = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < total.bounds().length && total.counts().length > 0; i++) {
      double bound = total.bounds()[i];
      sum += total.counts()[i];
      add("_bucket", "le", OtlpValues.number(bound), sum);
      exemplars(exemplars, below, bound);
      below = bound;
    }
    add("_bucket", "le", "+Inf", total.count());
    exemplars(exemplars, below, Double.POSITIVE_INFINITY);
    add("_count", total.count());
    if (!Double.isNaN(total.sum())) {
      add("_sum", total.sum());
    }
  }

  void exponential(Histogram histogram, List<Exemplar> exemplars) {
    batch.series(series());
    batch.histogram(timestamp, stale ? Histogram.stale() : histogram, start);
    exemplars(exemplars, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);
  }

  private void exemplars(List<Exemplar> exemplars, double above, double upTo) {
    if (!exemplars.isEmpty()) {
      OtlpExemplars.add(exemplars, above, upTo, batch);
    }
  }

  void add(String suffix, double value) {
    add(suffix, "", "", value);
  }

  /// With a label that makes the difference, unless its name is empty.
  void add(String suffix, String label, String text, double value) {
    Labels.Builder builder = Labels.builder().setAll(labels).set(Labels.NAME, name + suffix);
    if (!label.isEmpty()) {
      builder.set(label, text);
    }
    batch.series(builder.build());
    batch.point(timestamp, stale ? Sample.STALE : value);
    batch.startedAt(start);
  }
}
