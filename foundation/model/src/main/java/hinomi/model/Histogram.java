package hinomi.model;

import java.util.Arrays;

/// A native histogram: one sample that holds a whole distribution. Counts are absolute doubles,
/// also where a sender counts in integers; a double holds those exactly up to 2^53. Follows the
/// Prometheus native histogram specification. Immutable: who hands arrays in or takes them out
/// changes nothing in them.
///
/// @param reset whether this sample is known to begin a new count
/// @param schema −4…8: bucket bounds grow by 2^(2^−schema); [#CUSTOM_BOUNDS]: bounds are given
/// @param zeroThreshold half the width of the zero bucket
/// @param zeroCount observations in the zero bucket
/// @param count all observations, those that are NaN included
/// @param sum of all observations; a staleness marker makes the whole sample one
/// @param positive buckets of values above zero; with custom bounds, all buckets
/// @param negative buckets of values below zero
/// @param bounds upper bounds of custom buckets without +Inf, rising; empty for other schemas
@SuppressWarnings("ArrayRecordComponent") // a value of a hot path; compared below
public record Histogram(
    Reset reset,
    int schema,
    double zeroThreshold,
    double zeroCount,
    double count,
    double sum,
    Buckets positive,
    Buckets negative,
    double[] bounds) {
  /// The schema of histograms whose bounds are given one by one ("nhcb").
  public static final int CUSTOM_BOUNDS = -53;

  private static final double[] NO_BOUNDS = {};

  /// What is known of the count's past.
  public enum Reset {
    UNKNOWN,
    RESET,
    NOT_RESET,
    GAUGE
  }

  /// Buckets that are there, in runs.
  ///
  /// @param spans offset and length in turn: the first offset is the index of the first bucket,
  ///   each other one the gap since the run before; lengths add up to the number of counts
  /// @param counts observations per bucket, absolute
  @SuppressWarnings("ArrayRecordComponent")
  public record Buckets(int[] spans, double[] counts) {
    public static final Buckets NONE = new Buckets(new int[0], new double[0]);

    @Override
    public boolean equals(Object other) {
      return other instanceof Buckets buckets
          && Arrays.equals(spans, buckets.spans)
          && Arrays.equals(counts, buckets.counts);
    }

    @Override
    public int hashCode() {
      return Arrays.hashCode(spans) * 31 + Arrays.hashCode(counts);
    }
  }

  /// The staleness marker of a series of histograms.
  public static Histogram stale() {
    return new Histogram(
        Reset.UNKNOWN, 0, 0, 0, 0, Sample.STALE, Buckets.NONE, Buckets.NONE, NO_BOUNDS);
  }

  public boolean isStale() {
    return Sample.isStale(sum);
  }

  public boolean hasCustomBounds() {
    return schema == CUSTOM_BOUNDS;
  }

  public Histogram with(Reset other) {
    return other == reset
        ? this
        : new Histogram(
            other, schema, zeroThreshold, zeroCount, count, sum, positive, negative, bounds);
  }

  /// Equal to the last bit.
  @Override
  public boolean equals(Object other) {
    return other instanceof Histogram h
        && reset == h.reset
        && schema == h.schema
        && same(zeroThreshold, h.zeroThreshold)
        && same(zeroCount, h.zeroCount)
        && same(count, h.count)
        && same(sum, h.sum)
        && positive.equals(h.positive)
        && negative.equals(h.negative)
        && Arrays.equals(bounds, h.bounds);
  }

  private static boolean same(double a, double b) {
    return Double.doubleToRawLongBits(a) == Double.doubleToRawLongBits(b);
  }

  @Override
  public int hashCode() {
    return Double.hashCode(count) * 31 + Double.hashCode(sum);
  }
}
