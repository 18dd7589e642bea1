package hinomi.promql.histogram;

import hinomi.model.Histogram;
import java.util.Arrays;

/// A histogram open to arithmetic: others are added to it and taken away from it, and it is scaled.
/// What two histograms do not share is reconciled as Prometheus does: the coarser schema, a zero
/// bucket that holds both zero buckets, the custom bounds that both have. Histograms with custom
/// bounds and others cannot be reconciled. Sums are compensated for rounding. One thread.
public final class Tally {
  private Histogram.Reset reset;
  private int schema;
  private double zeroThreshold;
  private double zeroCount;
  private double zeroLost;
  private double count;
  private double countLost;
  private double sum;
  private double sumLost;
  private final Side positive;
  private final Side negative;
  private double[] bounds;
  private boolean sawReset;
  private boolean sawNoReset;
  private boolean reconciled;

  private Tally(Histogram histogram) {
    reset = histogram.reset();
    schema = histogram.schema();
    zeroThreshold = histogram.zeroThreshold();
    zeroCount = histogram.zeroCount();
    count = histogram.count();
    sum = histogram.sum();
    positive = Side.of(histogram.positive());
    negative = Side.of(histogram.negative());
    bounds = histogram.bounds();
    see(histogram.reset());
  }

  public static Tally of(Histogram histogram) {
    return new Tally(histogram);
  }

  /// Nothing yet, in the layout of a histogram.
  static Histogram nothingLike(Histogram histogram) {
    return new Histogram(
        Histogram.Reset.UNKNOWN,
        histogram.schema(),
        0,
        0,
        0,
        0,
        Histogram.Buckets.NONE,
        Histogram.Buckets.NONE,
        histogram.bounds());
  }

  /// Gives false, and changes nothing, when one has custom bounds and the other has not.
  public boolean add(Histogram other) {
    return combine(other, 1);
  }

  /// As [#add].
  public boolean subtract(Histogram other) {
    return combine(other, -1);
  }

  private boolean combine(Histogram addend, double sign) {
    if (hasCustomBounds() != addend.hasCustomBounds()) {
      return false;
    }
    see(addend.reset());
    reset = combined(reset, addend.reset());
    Tally other = new Tally(addend);
    if (hasCustomBounds()) {
      reconcileBounds(other);
    } else {
      reconcileZeroBuckets(other);
      reduceTo(Math.min(schema, other.schema));
      other.reduceTo(schema);
    }
    increaseZero(sign * other.zeroCount);
    increaseZero(sign * other.zeroLost);
    double nextCount = count + sign * other.count;
    countLost = Kahan.lost(count, countLost, sign * other.count, nextCount);
    count = nextCount;
    double nextSum = sum + sign * other.sum;
    sumLost = Kahan.lost(sum, sumLost, sign * other.sum, nextSum);
    sum = nextSum;
    positive.add(other.positive, sign);
    negative.add(other.negative, sign);
    return true;
  }

  private void see(Histogram.Reset hint) {
    sawReset |= hint == Histogram.Reset.RESET;
    sawNoReset |= hint == Histogram.Reset.NOT_RESET;
  }

  private static Histogram.Reset combined(Histogram.Reset one, Histogram.Reset other) {
    if (one == Histogram.Reset.GAUGE || other == Histogram.Reset.GAUGE) {
      return Histogram.Reset.GAUGE;
    }
    return one == other ? one : Histogram.Reset.UNKNOWN;
  }

  private void reconcileBounds(Tally other) {
    if (!Arrays.equals(bounds, other.bounds)) {
      reconciled = true;
      double[] common = common(bounds, other.bounds);
      mergeTo(common);
      other.mergeTo(common);
    }
  }

  private static double[] common(double[] one, double[] other) {
    return Arrays.stream(one).filter(bound -> Arrays.binarySearch(other, bound) >= 0).toArray();
  }

  /// @param fewer some of the bounds
  private void mergeTo(double[] fewer) {
    double[] before = bounds;
    positive.merge(index -> {
      int at = Arrays.binarySearch(fewer, Bounds.given(before, index));
      return at < 0 ? -at - 1 : at;
    });
    bounds = fewer;
  }

  /// To a coarser schema, or its own.
  void reduceTo(int target) {
    if (target < schema) {
      positive.reduce(schema, target);
      negative.reduce(schema, target);
      schema = target;
    }
  }

  /// Widens both zero buckets until they are equally wide and cut no populated bucket.
  private void reconcileZeroBuckets(Tally other) {
    while (zeroThreshold != other.zeroThreshold) {
      if (zeroThreshold > other.zeroThreshold) {
        other.widenZeroBucket(zeroThreshold);
      } else {
        widenZeroBucket(other.zeroThreshold);
      }
    }
  }

  void widenZeroBucket(double least) {
    if (least == zeroThreshold) {
      return;
    }
    double threshold = least;
    double before;
    do {
      before = threshold;
      threshold = Math.max(end(positive, threshold), end(negative, threshold));
    } while (threshold != before);
    swallow(positive, threshold);
    swallow(negative, threshold);
    zeroThreshold = threshold;
  }

  /// The threshold itself, or the upper bound of the populated bucket that it would cut.
  private double end(Side side, double threshold) {
    for (int i = 0; i < side.size(); i++) {
      double upper = Bounds.exponential(side.index(i), schema);
      if (upper > threshold) {
        boolean cut = Bounds.exponential(side.index(i) - 1, schema) < threshold;
        return cut && side.total(i) != 0 ? upper : threshold;
      }
    }
    return threshold;
  }

  private void swallow(Side side, double threshold) {
    int within = 0;
    while (within < side.size() && Bounds.exponential(side.index(within) - 1, schema) < threshold) {
      increaseZero(side.total(within++));
    }
    side.cutFirst(within);
  }

  private void increaseZero(double value) {
    double next = zeroCount + value;
    zeroLost = Kahan.lost(zeroCount, zeroLost, value, next);
    zeroCount = next;
  }

  /// Scales all counts and the sum. What is scaled by a negative number is no counter any more.
  public void multiply(double factor) {
    zeroCount *= factor;
    zeroLost *= factor;
    count *= factor;
    countLost *= factor;
    sum *= factor;
    sumLost *= factor;
    positive.multiply(factor);
    negative.multiply(factor);
    if (factor < 0) {
      reset = Histogram.Reset.GAUGE;
    }
  }

  /// As [#multiply]. Dividing by zero leaves no buckets.
  public void divide(double divisor) {
    zeroCount /= divisor;
    zeroLost /= divisor;
    count /= divisor;
    countLost /= divisor;
    sum /= divisor;
    sumLost /= divisor;
    if (divisor == 0) {
      zeroLost = 0;
      countLost = 0;
      sumLost = 0;
      positive.clear();
      negative.clear();
      return;
    }
    positive.divide(divisor);
    negative.divide(divisor);
    if (divisor < 0) {
      reset = Histogram.Reset.GAUGE;
    }
  }

  boolean hasCustomBounds() {
    return schema == Histogram.CUSTOM_BOUNDS;
  }

  /// Whether adding a histogram could make some count or the sum infinite.
  boolean mayOverflow(Histogram addend) {
    return Double.isInfinite(Math.abs(sum) + Math.abs(addend.sum()))
        || Double.isInfinite(Math.abs(count) + Math.abs(addend.count()))
        || Double.isInfinite(Math.abs(zeroCount) + Math.abs(addend.zeroCount()))
        || Double.isInfinite(largest() + largest(addend));
  }

  private double largest() {
    double largest = 0;
    for (int i = 0; i < positive.size(); i++) {
      largest = Math.max(largest, Math.abs(positive.count(i)));
    }
    for (int i = 0; i < negative.size(); i++) {
      largest = Math.max(largest, Math.abs(negative.count(i)));
    }
    return largest;
  }

  private static double largest(Histogram histogram) {
    double largest = 0;
    for (double count : histogram.positive().counts()) {
      largest = Math.max(largest, Math.abs(count));
    }
    for (double count : histogram.negative().counts()) {
      largest = Math.max(largest, Math.abs(count));
    }
    return largest;
  }

  /// Whether custom bounds had to be reduced to the common ones.
  public boolean isReconciled() {
    return reconciled;
  }

  /// Whether some histogram is known to begin a new count and another is known not to.
  public boolean resetsCollide() {
    return sawReset && sawNoReset;
  }

  /// What it has come to, without empty buckets.
  public Histogram histogram() {
    return new Histogram(
        reset,
        schema,
        zeroThreshold,
        Kahan.total(zeroCount, zeroLost),
        Kahan.total(count, countLost),
        Kahan.total(sum, sumLost),
        positive.buckets(),
        negative.buckets(),
        bounds);
  }

  Side positive() {
    return positive;
  }

  Side negative() {
    return negative;
  }

  double zeroThreshold() {
    return zeroThreshold;
  }

  double zeroTotal() {
    return Kahan.total(zeroCount, zeroLost);
  }
}
