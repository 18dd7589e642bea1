package hinomi.model.histogram;

import hinomi.model.Histogram;
import java.util.ArrayList;
import java.util.List;

/// One bucket of a native histogram with its bounds.
///
/// @param lowerIncluded whether an observation equal to the lower bound counts here
/// @param upperIncluded whether one equal to the upper bound does
public record Bucket(
    double lower, double upper, boolean lowerIncluded, boolean upperIncluded, double count) {

  /// Buckets with observations, by rising bounds: as Prometheus' HTTP API lists them.
  public static List<Bucket> populated(Histogram histogram) {
    return all(histogram).stream().filter(bucket -> bucket.count != 0).toList();
  }

  /// All buckets that are there, by rising bounds. Where the zero bucket reaches into another, the
  /// other ends there.
  public static List<Bucket> all(Histogram histogram) {
    double threshold = histogram.zeroThreshold();
    List<Bucket> all = new ArrayList<>(negative(histogram).reversed());
    if (histogram.zeroCount() > 0) {
      all.add(zero(histogram));
    }
    all.addAll(positive(histogram));
    all.replaceAll(bucket -> bucket.outside(threshold));
    return all;
  }

  public static Bucket zero(Histogram histogram) {
    double threshold = histogram.zeroThreshold();
    return new Bucket(-threshold, threshold, true, true, histogram.zeroCount());
  }

  /// By rising bounds.
  public static List<Bucket> positive(Histogram histogram) {
    Side side = Side.of(histogram.positive());
    List<Bucket> buckets = new ArrayList<>(side.size());
    for (int i = 0; i < side.size(); i++) {
      int index = side.index(i);
      double lower = Bounds.upper(histogram, index - 1);
      double upper = Bounds.upper(histogram, index);
      boolean included = histogram.hasCustomBounds() ? index == 0 : lower < 0;
      boolean upperIncluded = histogram.hasCustomBounds() || upper > 0;
      buckets.add(new Bucket(lower, upper, included, upperIncluded, side.count(i)));
    }
    return buckets;
  }

  /// From zero downwards.
  public static List<Bucket> negative(Histogram histogram) {
    Side side = Side.of(histogram.negative());
    List<Bucket> buckets = new ArrayList<>(side.size());
    for (int i = 0; i < side.size(); i++) {
      double lower = -Bounds.upper(histogram, side.index(i));
      double upper = -Bounds.upper(histogram, side.index(i) - 1);
      buckets.add(new Bucket(lower, upper, lower < 0, upper > 0, side.count(i)));
    }
    return buckets;
  }

  /// Without what belongs to the zero bucket.
  private Bucket outside(double threshold) {
    if (upper < 0 && upper > -threshold) {
      return new Bucket(lower, -threshold, lowerIncluded, upperIncluded, count);
    }
    if (lower > 0 && lower < threshold) {
      return new Bucket(threshold, upper, lowerIncluded, upperIncluded, count);
    }
    return this;
  }

  /// Which bounds are included, as Prometheus' JSON numbers it: 0 the upper, 1 the lower, 2 none, 3
  /// both.
  public int boundaries() {
    if (lowerIncluded) {
      return upperIncluded ? 3 : 1;
    }
    return upperIncluded ? 0 : 2;
  }

  /// How much of the bucket's width lies below a value inside of it, 0 to 1.
  ///
  /// @param linear otherwise widths are measured on a logarithmic scale
  double below(double value, boolean linear) {
    if (linear) {
      return (value - lower) / (upper - lower);
    }
    double logLower = log2(lower);
    double logUpper = log2(upper);
    double log = log2(value);
    return value > 0
        ? (log - logLower) / (logUpper - logLower)
        : 1 - (log - logUpper) / (logLower - logUpper);
  }

  /// The value below which such a share of the bucket lies: the opposite of [#below].
  double at(double share, boolean linear) {
    if (linear) {
      return lower + (upper - lower) * share;
    }
    double logLower = log2(lower);
    double logUpper = log2(upper);
    return lower > 0
        ? exp2(logLower + (logUpper - logLower) * share)
        : -exp2(logUpper + (logLower - logUpper) * (1 - share));
  }

  /// Exact for powers of two, as the bounds of many buckets are.
  private static double log2(double value) {
    double size = Math.abs(value);
    if (size == 0 || Double.isInfinite(size) || Double.isNaN(size)) {
      return Math.log(size);
    }
    int exponent = Math.getExponent(size) + 1;
    double fraction = Math.scalb(size, -exponent);
    return fraction == 0.5 ? exponent - 1 : Math.log(fraction) * (1 / Math.log(2)) + exponent;
  }

  private static double exp2(double value) {
    return Math.pow(2, value);
  }
}
