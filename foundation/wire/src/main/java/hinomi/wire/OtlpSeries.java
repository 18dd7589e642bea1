package hinomi.wire;

import hinomi.model.BadInput;
import hinomi.model.Histogram;
import hinomi.model.Labels;
import hinomi.model.Metadata;
import hinomi.model.WriteBatch;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.metrics.v1.AggregationTemporality;
import io.opentelemetry.proto.metrics.v1.Exemplar;
import io.opentelemetry.proto.metrics.v1.ExponentialHistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.HistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.metrics.v1.SummaryDataPoint;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Collects the series of one request, resource by resource. One use, one thread.
final class OtlpSeries {
  private static final Way NOT_COUNTED = new Way(false, false);

  private final OtlpDeltas deltas;
  private final WriteBatch batch = new WriteBatch();
  private final Refusals refusals = new Refusals();
  private final Set<Metadata> described = new HashSet<>();
  private OtlpResource resource = new OtlpResource(Map.of(), Map.of());
  private boolean anything;
  private long latest;

  /// How the points of a metric are to be taken.
  ///
  /// @param delta whether they must be added up
  /// @param counts whether they only rise, so that it matters since when
  private record Way(boolean delta, boolean counts) {}

  OtlpSeries(OtlpDeltas deltas) {
    this.deltas = deltas;
  }

  void begin(OtlpResource next) {
    resource = next;
    anything = false;
    latest = Long.MIN_VALUE;
  }

  /// `target_info` stands at the resource's latest data.
  void end() {
    if (!anything || resource.identity().isEmpty() || resource.rest().isEmpty()) {
      return;
    }
    Labels.Builder labels = Labels.builder();
    resource.rest().forEach(labels::set);
    resource.identity().forEach(labels::set);
    batch.series(labels.set(Labels.NAME, "target_info").build());
    batch.point(latest, 1);
  }

  OtlpMetrics.Decoded decoded() {
    return new OtlpMetrics.Decoded(batch, refusals.toList());
  }

  void add(Metric metric) {
    OtlpNames.Kind kind =
        switch (metric.getDataCase()) {
          case GAUGE -> OtlpNames.Kind.GAUGE;
          case SUM ->
              metric.getSum().getIsMonotonic() ? OtlpNames.Kind.COUNTER : OtlpNames.Kind.OTHER;
          case HISTOGRAM, EXPONENTIAL_HISTOGRAM, SUMMARY, DATA_NOT_SET -> OtlpNames.Kind.OTHER;
        };
    Optional<String> named = OtlpNames.metric(metric.getName(), metric.getUnit(), kind);
    if (named.isEmpty()) {
      refuse(
          "bad_metric_name",
          points(metric),
          "nothing legal is left of the metric name \"" + metric.getName() + "\"");
      return;
    }
    String name = named.get();
    AggregationTemporality temporality = temporality(metric);
    if (temporality != AggregationTemporality.AGGREGATION_TEMPORALITY_CUMULATIVE
        && temporality != AggregationTemporality.AGGREGATION_TEMPORALITY_DELTA) {
      refuse(
          "unspecified_temporality",
          points(metric),
          "metric \"" + metric.getName() + "\" has no aggregation temporality");
      return;
    }
    boolean delta = temporality == AggregationTemporality.AGGREGATION_TEMPORALITY_DELTA;
    describe(metric, name);
    switch (metric.getDataCase()) {
      case GAUGE ->
          metric.getGauge().getDataPointsList().forEach(p -> number(name, p, NOT_COUNTED));
      case SUM -> {
        Way way = new Way(delta, metric.getSum().getIsMonotonic());
        metric.getSum().getDataPointsList().forEach(p -> number(name, p, way));
      }
      case HISTOGRAM ->
          metric
              .getHistogram()
              .getDataPointsList()
              .forEach(p -> histogram(name, p, new Way(delta, true)));
      case EXPONENTIAL_HISTOGRAM ->
          metric
              .getExponentialHistogram()
              .getDataPointsList()
              .forEach(p -> exponential(name, p, new Way(delta, true)));
      case SUMMARY -> metric.getSummary().getDataPointsList().forEach(p -> summary(name, p));
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

  /// Of what has none by its nature: cumulative.
  private static AggregationTemporality temporality(Metric metric) {
    return switch (metric.getDataCase()) {
      case SUM -> metric.getSum().getAggregationTemporality();
      case HISTOGRAM -> metric.getHistogram().getAggregationTemporality();
      case EXPONENTIAL_HISTOGRAM -> metric.getExponentialHistogram().getAggregationTemporality();
      case GAUGE, SUMMARY, DATA_NOT_SET ->
          AggregationTemporality.AGGREGATION_TEMPORALITY_CUMULATIVE;
    };
  }

  private void describe(Metric metric, String name) {
    String type =
        switch (metric.getDataCase()) {
          case GAUGE -> "gauge";
          case SUM -> metric.getSum().getIsMonotonic() ? "counter" : "gauge";
          case HISTOGRAM, EXPONENTIAL_HISTOGRAM -> "histogram";
          case SUMMARY -> "summary";
          case DATA_NOT_SET -> "unknown";
        };
    Metadata metadata =
        new Metadata(name, type, metric.getDescription(), OtlpNames.unit(metric.getUnit()));
    if (points(metric) > 0 && described.add(metadata)) {
      batch.metadata(metadata);
    }
  }

  private void refuse(String reason, int count, String example) {
    if (count > 0) {
      refusals.add(reason, count, example);
    }
  }

  private OtlpPoint point(String name, List<KeyValue> attributes, OtlpPoint.Moment moment) {
    return new OtlpPoint(name, resource, attributes, moment, batch);
  }

  private void number(String name, NumberDataPoint point, Way way) {
    double value =
        switch (point.getValueCase()) {
          case AS_DOUBLE -> point.getAsDouble();
          case AS_INT -> point.getAsInt();
          case VALUE_NOT_SET -> 0;
        };
    OtlpPoint.Moment moment =
        new OtlpPoint.Moment(
            point.getStartTimeUnixNano(), point.getTimeUnixNano(), point.getFlags());
    take(
        point(name, point.getAttributesList(), moment),
        moment,
        new OtlpTotal.Sum(value),
        point.getExemplarsList(),
        way);
  }

  private void histogram(String name, HistogramDataPoint point, Way way) {
    List<Double> bounds = point.getExplicitBoundsList();
    int buckets = point.getBucketCountsCount();
    if ((buckets != 0 && buckets != bounds.size() + 1) || !rising(bounds)) {
      refuse(
          "bad_histogram",
          1,
          "histogram " + name + " has " + buckets + " buckets for " + bounds.size() + " bounds");
      return;
    }
    double[] counts = new double[buckets];
    for (int i = 0; i < buckets; i++) {
      counts[i] = RawHistogram.unsigned(point.getBucketCounts(i));
    }
    OtlpTotal total =
        new OtlpTotal.Explicit(
            bounds.stream().mapToDouble(Double::doubleValue).toArray(),
            counts,
            RawHistogram.unsigned(point.getCount()),
            point.hasSum() ? point.getSum() : Double.NaN);
    OtlpPoint.Moment moment =
        new OtlpPoint.Moment(
            point.getStartTimeUnixNano(), point.getTimeUnixNano(), point.getFlags());
    take(
        point(name, point.getAttributesList(), moment),
        moment,
        total,
        point.getExemplarsList(),
        way);
  }

  private static boolean rising(List<Double> bounds) {
    for (int i = 0; i < bounds.size(); i++) {
      if (!Double.isFinite(bounds.get(i)) || (i > 0 && bounds.get(i - 1) >= bounds.get(i))) {
        return false;
      }
    }
    return true;
  }

  private void exponential(String name, ExponentialHistogramDataPoint point, Way way) {
    OtlpPoint.Moment moment =
        new OtlpPoint.Moment(
            point.getStartTimeUnixNano(), point.getTimeUnixNano(), point.getFlags());
    OtlpPoint at = point(name, point.getAttributesList(), moment);
    OtlpTotal total;
    try {
      total =
          new OtlpTotal.Exponential(
              at.isStale() ? Histogram.stale() : OtlpExponential.histogram(point));
    } catch (BadInput e) {
      refuse("bad_histogram", 1, "exponential histogram " + name + ": " + e.reason());
      return;
    }
    take(at, moment, total, point.getExemplarsList(), way);
  }

  /// Adds up where that is needed, then writes.
  private void take(
      OtlpPoint at, OtlpPoint.Moment moment, OtlpTotal told, List<Exemplar> exemplars, Way way) {
    OtlpTotal total = told;
    long since = moment.start();
    if (way.delta && !at.isStale()) {
      switch (deltas.add(at.series(), moment.start(), moment.end(), told)) {
        case OtlpDeltas.Answer.Counted(OtlpTotal counted, long begun) -> {
          total = counted;
          since = begun;
        }
        case OtlpDeltas.Answer.Refused(String reason, String sentence) -> {
          refuse(reason, 1, sentence);
          return;
        }
      }
    }
    if (way.counts) {
      at.since(since);
    }
    seen(at);
    switch (total) {
      case OtlpTotal.Sum(double value) -> at.number(value, exemplars);
      case OtlpTotal.Explicit explicit -> at.explicit(explicit, exemplars);
      case OtlpTotal.Exponential(var histogram) -> at.exponential(histogram, exemplars);
    }
  }

  private void seen(OtlpPoint at) {
    anything = true;
    latest = Math.max(latest, at.timestamp());
  }

  private void summary(String name, SummaryDataPoint point) {
    OtlpPoint.Moment moment =
        new OtlpPoint.Moment(
            point.getStartTimeUnixNano(), point.getTimeUnixNano(), point.getFlags());
    OtlpPoint at = point(name, point.getAttributesList(), moment);
    seen(at);
    point
        .getQuantileValuesList()
        .forEach(q -> at.add("", "quantile", OtlpValues.number(q.getQuantile()), q.getValue()));
    at.since(moment.start());
    at.add("_count", RawHistogram.unsigned(point.getCount()));
    at.add("_sum", point.getSum());
  }
}
