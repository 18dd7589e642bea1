package hinomi.model.histogram;

import hinomi.model.Histogram;
import java.util.List;

/// Cuts off all observations above (`</`) or below (`>/`) a value. A bucket that holds the value is
/// cut in proportion; count and sum are estimated anew from what is left.
public final class Trim {
  private final Histogram histogram;
  private final double cut;
  private final boolean keepBelow;
  private boolean changed;
  private double count;
  private double sum;

  private Trim(Histogram histogram, double cut, boolean keepBelow) {
    this.histogram = histogram;
    this.cut = cut;
    this.keepBelow = keepBelow;
  }

  public static Histogram keepBelow(double cut, Histogram histogram) {
    return new Trim(histogram, cut, true).result();
  }

  public static Histogram keepAbove(double cut, Histogram histogram) {
    return new Trim(histogram, cut, false).result();
  }

  private Histogram result() {
    Side positive = side(histogram.positive(), Bucket.positive(histogram), 1);
    Side negative = side(histogram.negative(), Bucket.negative(histogram), -1);
    double zeroCount = histogram.zeroCount();
    if (zeroCount > 0) {
      zeroCount = zeroCount();
    }
    return !changed
        ? histogram
        : new Histogram(
            histogram.reset(),
            histogram.schema(),
            histogram.zeroThreshold(),
            zeroCount,
            count,
            sum,
            positive.buckets(),
            negative.buckets(),
            histogram.bounds());
  }

  private Side side(Histogram.Buckets there, List<Bucket> buckets, int sign) {
    Side side = Side.of(there);
    for (int i = 0; i < side.size(); i++) {
      if (side.count(i) != 0) {
        side.set(i, keep(buckets.get(i), sign));
      }
    }
    return side;
  }

  /// How much of a bucket stays.
  private double keep(Bucket bucket, int sign) {
    boolean whole = keepBelow ? bucket.upper() <= cut : bucket.lower() >= cut;
    if (whole) {
      take(bucket.count(), middle(bucket.lower(), bucket.upper(), sign));
      return bucket.count();
    }
    boolean holdsCut = keepBelow ? bucket.lower() < cut : bucket.upper() > cut;
    double kept = 0;
    if (holdsCut) {
      kept =
          Double.isInfinite(bucket.lower()) || Double.isInfinite(bucket.upper())
              ? keepOfEndless(bucket)
              : keepOfFinite(bucket, sign);
    }
    changed |= kept != bucket.count();
    return kept;
  }

  private double keepOfFinite(Bucket bucket, int sign) {
    double below = bucket.count() * bucket.below(cut, histogram.hasCustomBounds());
    double kept = keepBelow ? below : bucket.count() - below;
    take(kept, keepBelow ? middle(bucket.lower(), cut, sign) : middle(cut, bucket.upper(), sign));
    return kept;
  }

  /// Where observations lie in a bucket without an end is not known: it stays as a whole or goes as
  /// a whole. Only the lowest custom bucket, if it reaches above zero, is taken to begin at zero.
  private double keepOfEndless(Bucket bucket) {
    double upper = bucket.upper();
    if (bucket.lower() == Double.NEGATIVE_INFINITY) {
      if (upper > 0 && upper < Double.POSITIVE_INFINITY && (keepBelow ? cut > 0 : cut >= 0)) {
        double below = bucket.count() * cut / upper;
        double kept = keepBelow ? below : bucket.count() * (1 - cut / upper);
        take(kept, keepBelow ? cut / 2 : (cut + upper) / 2);
        return kept;
      }
      if (keepBelow && upper <= 0) {
        take(bucket.count(), cut);
        return bucket.count();
      }
      return 0;
    }
    if (!keepBelow && cut >= bucket.lower()) {
      take(bucket.count(), cut);
      return bucket.count();
    }
    return 0;
  }

  private double zeroCount() {
    boolean hasNegative = isPopulated(histogram.negative());
    boolean hasPositive = isPopulated(histogram.positive());
    double threshold = histogram.zeroThreshold();
    double lower = hasPositive && !hasNegative ? 0 : -threshold;
    double upper = hasNegative && !hasPositive ? 0 : threshold;
    boolean belowCut = upper <= cut && lower < cut;
    boolean aboveCut = lower >= cut;
    double from = keepBelow || aboveCut ? lower : cut;
    double to = keepBelow && !belowCut ? cut : upper;
    double kept;
    if (keepBelow ? belowCut : aboveCut) {
      kept = histogram.zeroCount();
    } else if (keepBelow ? aboveCut : belowCut) {
      kept = 0;
    } else {
      kept = histogram.zeroCount() * ((to - from) / (upper - lower));
    }
    if (kept != 0) {
      take(kept, (from + to) / 2);
    }
    changed |= kept != histogram.zeroCount();
    return kept;
  }

  private static boolean isPopulated(Histogram.Buckets buckets) {
    for (double each : buckets.counts()) {
      if (each != 0) {
        return true;
      }
    }
    return false;
  }

  private void take(double observations, double at) {
    count += observations;
    sum += at * observations;
  }

  /// What an observation between two values is taken to be.
  private double middle(double from, double to, int sign) {
    if (Double.isInfinite(from)) {
      if (Double.isInfinite(to)) {
        return 0;
      }
      return to > 0 ? to / 2 : to;
    }
    if (Double.isInfinite(to)) {
      return from;
    }
    return histogram.hasCustomBounds() ? (from + to) / 2 : sign * Math.sqrt(Math.abs(from * to));
  }
}
