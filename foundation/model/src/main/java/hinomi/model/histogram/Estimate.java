package hinomi.model.histogram;

import hinomi.model.Histogram;
import java.util.List;

/// A number estimated from the buckets of a histogram, with what observations of NaN do to it: they
/// are counted in no bucket.
///
/// @param nan whether there were any, and what they meant for the value
public record Estimate(double value, Nan nan) {
  /// What observations of NaN did to an estimate.
  public enum Nan {
    NONE,
    /// They count as larger than everything, so that the value is too high.
    SKEWED,
    /// The value itself is one of them.
    RESULT,
    /// They are in no fraction.
    EXCLUDED
  }

  private static Estimate plain(double value) {
    return new Estimate(value, Nan.NONE);
  }

  /// The value below which a share of the observations lies. Within a bucket they are taken to be
  /// spread evenly: over the logarithm of the values, or over the values themselves in the zero
  /// bucket and in buckets with custom bounds.
  public static Estimate quantile(double q, Histogram histogram) {
    if (q < 0 || q > 1) {
      return plain(q < 0 ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY);
    }
    if (histogram.count() == 0 || Double.isNaN(q)) {
      return plain(Double.NaN);
    }
    boolean mayHaveNan = Double.isNaN(histogram.sum());
    // From the nearer end, for the sake of rounding; but NaN has no bucket at the upper one.
    boolean upwards = mayHaveNan || q < 0.5;
    List<Bucket> buckets = Bucket.all(histogram);
    if (!upwards) {
      buckets = buckets.reversed();
    }
    double rank = (upwards ? q : 1 - q) * histogram.count();
    Bucket bucket = new Bucket(0, 0, false, false, 0);
    double count = 0;
    for (Bucket each : buckets) {
      bucket = each;
      count += each.count();
      if (each.count() != 0 && count >= rank) {
        break;
      }
    }
    if (!histogram.hasCustomBounds()) {
      bucket = withNaturalEnd(bucket, histogram);
    } else if (bucket.lower() == Double.NEGATIVE_INFINITY) {
      if (bucket.upper() <= 0) {
        return plain(bucket.upper());
      }
      bucket = new Bucket(0, bucket.upper(), true, true, bucket.count());
    } else if (bucket.upper() == Double.POSITIVE_INFINITY) {
      return plain(bucket.lower());
    }
    count = Math.min(count, histogram.count());
    if (count < rank) {
      return mayHaveNan ? new Estimate(Double.NaN, Nan.RESULT) : plain(bucket.upper());
    }
    double within = upwards ? rank - (count - bucket.count()) : count - rank;
    boolean linear = histogram.hasCustomBounds() || (bucket.lower() <= 0 && bucket.upper() >= 0);
    boolean hasNan = mayHaveNan && inBuckets(buckets) < histogram.count();
    return new Estimate(bucket.at(within / bucket.count(), linear), hasNan ? Nan.SKEWED : Nan.NONE);
  }

  /// Zero is the end of a bucket around it when nothing lies on its other side.
  private static Bucket withNaturalEnd(Bucket bucket, Histogram histogram) {
    boolean around = bucket.lower() <= 0 && bucket.upper() >= 0;
    boolean hasNegative = histogram.negative().counts().length > 0;
    boolean hasPositive = histogram.positive().counts().length > 0;
    if (!around || hasNegative == hasPositive) {
      return bucket;
    }
    return new Bucket(
        hasPositive ? 0 : bucket.lower(),
        hasNegative ? 0 : bucket.upper(),
        true,
        true,
        bucket.count());
  }

  private static double inBuckets(List<Bucket> buckets) {
    double count = 0;
    for (Bucket bucket : buckets) {
      count += bucket.count();
    }
    return count;
  }

  /// The share of the observations between two values.
  public static Estimate fraction(double lower, double upper, Histogram histogram) {
    if (histogram.count() == 0 || Double.isNaN(lower) || Double.isNaN(upper)) {
      return plain(Double.NaN);
    }
    if (lower >= upper) {
      return plain(0);
    }
    List<Bucket> buckets = Bucket.all(histogram);
    boolean mayHaveNan = Double.isNaN(histogram.sum());
    double most = mayHaveNan ? inBuckets(buckets) : histogram.count();
    double between =
        Math.min(most, below(upper, buckets, histogram, most))
            - Math.min(most, below(lower, buckets, histogram, most));
    boolean hasNan = mayHaveNan && most < histogram.count();
    return new Estimate(between / histogram.count(), hasNan ? Nan.EXCLUDED : Nan.NONE);
  }

  /// How many observations lie below a value.
  private static double below(
      double value, List<Bucket> buckets, Histogram histogram, double most) {
    double before = 0;
    for (Bucket each : buckets) {
      Bucket bucket = withNaturalEnd(each, histogram);
      if (bucket.lower() >= value) {
        return before;
      }
      if (bucket.upper() > value) {
        boolean linear = histogram.hasCustomBounds() || (each.lower() <= 0 && each.upper() >= 0);
        // Nothing can be said about the inside of a bucket without an end.
        return bucket.lower() == Double.NEGATIVE_INFINITY
            ? bucket.count()
            : before + bucket.count() * bucket.below(value, linear);
      }
      before += bucket.count();
    }
    return most;
  }

  /// The variance, each observation taken to lie in the middle of its bucket: the geometric one,
  /// the arithmetic one for custom bounds, zero for the zero bucket.
  public static double variance(Histogram histogram) {
    double mean = histogram.sum() / histogram.count();
    double sum = 0;
    double lost = 0;
    for (Bucket bucket : Bucket.all(histogram)) {
      if (bucket.count() == 0) {
        continue;
      }
      double apart = middle(bucket, histogram.hasCustomBounds()) - mean;
      double value = bucket.count() * apart * apart;
      double next = sum + value;
      lost = Kahan.lost(sum, lost, value, next);
      sum = next;
    }
    return (sum + lost) / histogram.count();
  }

  private static double middle(Bucket bucket, boolean custom) {
    if (custom) {
      return (bucket.upper() + bucket.lower()) / 2;
    }
    if (bucket.lower() <= 0 && bucket.upper() >= 0) {
      return 0;
    }
    double geometric = Math.sqrt(bucket.upper() * bucket.lower());
    return bucket.upper() < 0 ? -geometric : geometric;
  }
}
