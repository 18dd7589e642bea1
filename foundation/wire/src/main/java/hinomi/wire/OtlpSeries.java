package hinomi.wire;

import hinomi.model.Labels;
import hinomi.model.Sample;
import hinomi.model.WriteBatch;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.metrics.v1.AggregationTemporality;
import io.opentelemetry.proto.metrics.v1.DataPointFlags;
import io.opentelemetry.proto.metrics.v1.HistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.metrics.v1.SummaryDataPoint;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Collects the samples of one request, resource by resource. One use, one thread.
final class OtlpSeries {
  private final List<Sample> samples = new ArrayList<>();
  private final Refusals refusals = new Refusals();
  private OtlpResource resource = new OtlpResource(Map.of(), Map.of());
  private int before;

  void begin(OtlpResource next) {
    resource = next;
    before = samples.size();
  }

  /// `target_info` stands at the resource's latest data.
  void end() {
    if (samples.size() == before || resource.identity().isEmpty() || resource.rest().isEmpty()) {
      return;
    }
    long latest = Long.MIN_VALUE;
    for (Sample sample : samples.subList(before, samples.size())) {
      latest = Math.max(latest, sample.timestamp());
    }
    Labels.Builder labels = Labels.builder();
    resource.rest().forEach(labels::set);
    resource.identity().forEach(labels::set);
    samples.add(new Sample(labels.set(Labels.NAME, "target_info").build(), latest, 1));
  }

  OtlpMetrics.Decoded decoded() {
    return new OtlpMetrics.Decoded(WriteBatch.of(samples), refusals.toList());
  }

  void add(Metric metric) {
    OtlpNames.Kind kind =
        switch (metric.getDataCase()) {
          case GAUGE -> OtlpNames.Kind.GAUGE;
          case SUM ->
              metric.getSum().getIsMonotonic() ? OtlpNames.Kind.COUNTER : OtlpNames.Kind.OTHER;
          case HISTOGRAM, EXPONENTIAL_HISTOGRAM, SUMMARY, DATA_NOT_SET -> OtlpNames.Kind.OTHER;
        };
    Optional<String> name = OtlpNames.metric(metric.getName(), metric.getUnit(), kind);
    if (name.isEmpty()) {
      refuse(
          "bad_metric_name",
          points(metric),
          "nothing legal is left of the metric name \"" + metric.getName() + "\"");
      return;
    }
    switch (metric.getDataCase()) {
      case GAUGE -> metric.getGauge().getDataPointsList().forEach(p -> number(name.get(), p));
      case SUM -> {
        if (cumulative(metric, metric.getSum().getAggregationTemporality())) {
          metric.getSum().getDataPointsList().forEach(p -> number(name.get(), p));
        }
      }
      case HISTOGRAM -> {
        if (cumulative(metric, metric.getHistogram().getAggregationTemporality())) {
          metric.getHistogram().getDataPointsList().forEach(p -> histogram(name.get(), p));
        }
      }
      case SUMMARY -> metric.getSummary().getDataPointsList().forEach(p -> summary(name.get(), p));
      case EXPONENTIAL_HISTOGRAM ->
          refuse(
              "exponential_histogram",
              points(metric),
              "metric \""
                  + metric.getName()
                  + "\" is an exponential histogram; use explicit bounds");
      case DATA_NOT_SET -> {}
    }
  }

  private static int points(Metric metric) {
    return switch (metric.getDataCase()) {
      case GAUGE -> metric.getGauge().getDataPointsCount();
      case SUM -> metric.getSum().getDataPointsCount();
      case HISTOGRAM -> metric.getHistogram().getDataPointsCount();
      case EXPONENTIAL_HISTOGRAM -> metric.getExponentialHistogram().getDataPointsCount();
      case SUMMARY -> metric.getSummary().getDataPointsCount();
      case DATA_NOT_SET -> 0;
    };
  }

  private boolean cumulative(Metric metric, AggregationTemporality temporality) {
    switch (temporality) {
      case AGGREGATION_TEMPORALITY_CUMULATIVE -> {
        return true;
      }
      case AGGREGATION_TEMPORALITY_DELTA ->
          refuse(
              "delta_temporality",
              points(metric),
              "metric \"" + metric.getName() + "\" has delta temporality; export it cumulative");
      case AGGREGATION_TEMPORALITY_UNSPECIFIED, UNRECOGNIZED ->
          refuse(
              "unspecified_temporality",
              points(metric),
              "metric \"" + metric.getName() + "\" has no aggregation temporality");
    }
    return false;
  }

  private void refuse(String reason, int count, String example) {
    if (count > 0) {
      refusals.add(reason, count, example);
    }
  }

  private void number(String name, NumberDataPoint point) {
    double value =
        switch (point.getValueCase()) {
          case AS_DOUBLE -> point.getAsDouble();
          case AS_INT -> point.getAsInt();
          case VALUE_NOT_SET -> 0;
        };
    Point at =
        new Point(name, point.getAttributesList(), point.getTimeUnixNano(), point.getFlags());
    at.add("", value);
  }

  private void histogram(String name, HistogramDataPoint point) {
    List<Double> bounds = point.getExplicitBoundsList();
    int buckets = point.getBucketCountsCount();
    if ((buckets != 0 && buckets != bounds.size() + 1) || !rising(bounds)) {
      refuse(
          "bad_histogram",
          1,
          "histogram " + name + " has " + buckets + " buckets for the bounds " + bounds);
      return;
    }
    Point at =
        new Point(name, point.getAttributesList(), point.getTimeUnixNano(), point.getFlags());
    double sum = 0;
    for (int i = 0; i + 1 < buckets; i++) {
      sum += unsigned(point.getBucketCounts(i));
      at.add("_bucket", "le", OtlpValues.number(bounds.get(i)), sum);
    }
    double count = unsigned(point.getCount());
    at.add("_bucket", "le", "+Inf", count);
    at.add("_count", count);
    if (point.hasSum()) {
      at.add("_sum", point.getSum());
    }
  }

  private static boolean rising(List<Double> bounds) {
    for (int i = 0; i < bounds.size(); i++) {
      if (!Double.isFinite(bounds.get(i)) || (i > 0 && bounds.get(i - 1) >= bounds.get(i))) {
        return false;
      }
    }
    return true;
  }

  private void summary(String name, SummaryDataPoint point) {
    Point at =
        new Point(name, point.getAttributesList(), point.getTimeUnixNano(), point.getFlags());
    point
        .getQuantileValuesList()
        .forEach(q -> at.add("", "quantile", OtlpValues.number(q.getQuantile()), q.getValue()));
    at.add("_count", unsigned(point.getCount()));
    at.add("_sum", point.getSum());
  }

  /// A protobuf uint64, which Java holds as a signed long.
  private static double unsigned(long value) {
    return value >= 0 ? value : (value >>> 1) * 2.0;
  }

  /// What the samples of one data point have in common.
  private final class Point {
    private final String name;
    private final Labels labels;
    private final long timestamp;
    private final boolean stale;

    Point(String name, List<KeyValue> attributes, long nanos, int flags) {
      this.name = name;
      Labels.Builder builder = Labels.builder();
      OtlpNames.labels(OtlpResource.attributes(attributes)).forEach(builder::set);
      resource.identity().forEach(builder::set);
      this.labels = builder.build();
      this.timestamp = Long.divideUnsigned(nanos, 1_000_000);
      this.stale = (flags & DataPointFlags.DATA_POINT_FLAGS_NO_RECORDED_VALUE_MASK_VALUE) != 0;
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
      samples.add(new Sample(builder.build(), timestamp, stale ? Sample.STALE : value));
    }
  }
}
