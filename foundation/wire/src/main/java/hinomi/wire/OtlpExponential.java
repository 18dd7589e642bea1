package hinomi.wire;

import hinomi.model.BadInput;
import hinomi.model.Histogram;
import hinomi.model.Histogram.Buckets;
import io.opentelemetry.proto.metrics.v1.ExponentialHistogramDataPoint;

/// OTLP's exponential histograms as native histograms (OTel specification, compatibility/
/// prometheus_and_openmetrics.md, "Exponential Histograms"). OTLP numbers a bucket by its lower
/// bound, Prometheus by its upper: hence the one more. A scale above 8 is lowered to 8.
final class OtlpExponential {
  private static final int MIN_SCALE = -4;
  private static final int MAX_SCALE = 8;
  private static final double ZERO_THRESHOLD = 1e-128;
  private static final double[] NO_BOUNDS = {};

  /// Powers of two that bound the doubles.
  private static final int MAX_EXPONENT = 1024;

  private static final int MIN_EXPONENT = -1074;

  private OtlpExponential() {}

  /// A histogram that cannot be one is a [BadInput].
  static Histogram histogram(ExponentialHistogramDataPoint point) {
    if (point.getScale() < MIN_SCALE) {
      throw new BadInput("its scale is " + point.getScale() + ", less than " + MIN_SCALE);
    }
    if (!point.hasSum()) {
      throw new BadInput("it has no sum");
    }
    int schema = Math.min(point.getScale(), MAX_SCALE);
    int lower = Math.min(62, point.getScale() - schema);
    Buckets positive = buckets(point.getPositive(), schema, lower);
    Buckets negative = buckets(point.getNegative(), schema, lower);
    double zero = RawHistogram.unsigned(point.getZeroCount());
    double count = RawHistogram.unsigned(point.getCount());
    double counted = total(positive) + total(negative) + zero;
    if (counted != count) {
      throw new BadInput(
          "its buckets hold "
              + OtlpValues.number(counted)
              + " observations, its count is "
              + OtlpValues.number(count));
    }
    double threshold = point.getZeroThreshold();
    if (!(threshold >= 0) || Double.isInfinite(threshold)) {
      throw new BadInput("its zero threshold is " + threshold);
    }
    return new Histogram(
        Histogram.Reset.UNKNOWN,
        schema,
        threshold == 0 ? ZERO_THRESHOLD : threshold,
        zero,
        count,
        point.getSum(),
        positive,
        negative,
        NO_BOUNDS);
  }

  static Buckets buckets(ExponentialHistogramDataPoint.Buckets buckets, int schema, int lowerBy) {
    if (buckets.getBucketCountsCount() > RawHistogram.MAX_BUCKETS) {
      throw new BadInput("it has more than " + RawHistogram.MAX_BUCKETS + " buckets");
    }
    long highest = schema >= 0 ? (long) MAX_EXPONENT << schema : MAX_EXPONENT >> -schema;
    long lowest = schema >= 0 ? (long) MIN_EXPONENT << schema : (MIN_EXPONENT >> -schema) - 1;
    BucketRuns runs = new BucketRuns();
    for (int i = 0; i < buckets.getBucketCountsCount(); i++) {
      long observed = buckets.getBucketCounts(i);
      long index = (((long) buckets.getOffset() + i) >> lowerBy) + 1;
      if (observed != 0 && (index < lowest || index > highest)) {
        throw new BadInput("it has a bucket for numbers that are none");
      }
      runs.add(index, RawHistogram.unsigned(observed));
    }
    return runs.buckets();
  }

  private static double total(Buckets buckets) {
    double total = 0;
    for (double count : buckets.counts()) {
      total += count;
    }
    return total;
  }
}
