package hinomi.model.histogram;

import hinomi.model.Histogram;
import java.util.Arrays;

/// A histogram open to arithmetic: others are added to it and taken away from it, and it is scaled.
/// What two histograms do not share is reconciled as Prometheus does: the coarser schema, a zero
/// bucket that holds both zero buckets, the custom bounds that both have. Histograms with custom
/// bounds and others cannot be reconciled. Sums are compensated for rounding. One thread.
public final class Tally implements Total {
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
  private boolean reconciledLast;

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
    sawReset = reset == Histogram.Reset.RESET;
    sawNoReset = reset == Histogram.Reset.NOT_RESET;
  }

  public static Tally of(Histogram histogram) {
    return new Tally(histogram);
  }

  /// Changes nothing when it gives false.
  @Override
  public boolean add(Histogram other) {
    return combine(new Tally(other), 1);
  }

  @Override
  public boolean merge(Total other) {
    return combine((Tally) other, 1);
  }

  /// As [#add].
  public boolean subtract(Histogram other) {
    return combine(new Tally(other), -1);
  }

  private boolean combine(Tally other, double sign) {
    if (hasCustomBounds() != other.hasCustomBounds()) {
      return false;
    }
    sawReset |= other.sawReset;
    sawNoReset |= other.sawNoReset;
    reconciled |= other.reconciled;
    reset = combined(reset, other.reset);
    if (hasCustomBounds()) {
      reconcileBounds(other);
    } else {
      reconcileZeroBuckets(other);
      reduceTo(Math.min(schema, other.schema));
      other.reduceTo(schema);
    }
    increaseZero(sign * other.zeroCount);
    increaseZero(sign * other.zeroLost);
    increaseCount(sign * other.count);
    increaseCount(sign * other.countLost);
    increaseSum(sign * other.sum);
    increaseSum(sign * other.sumLost);
    positive.add(other.positive, sign);
    negative.add(other.negative, sign);
    return true;
  }

  private static Histogram.Reset combined(Histogram.Reset one, Histogram.Reset other) {
    if (one == Histogram.Reset.GAUGE || other == Histogram.Reset.GAUGE) {
      return Histogram.Reset.GAUGE;
    }
    return one == other ? one : Histogram.Reset.UNKNOWN;
  }

  private void reconcileBounds(Tally other) {
    reconciledLast = !Arrays.equals(bounds, other.bounds);
    if (reconciledLast) {
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
  public void reduceTo(int target) {
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

  private void increaseCount(double value) {
    double next = count + value;
    countLost = Kahan.lost(count, countLost, value, next);
    count = next;
  }

  private void increaseSum(double value) {
    double next = sum + value;
    sumLost = Kahan.lost(sum, sumLost, value, next);
    sum = next;
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

  /// Whether adding another could make some count or the sum infinite.
  boolean mayOverflow(Tally addend) {
    return Double.isInfinite(Math.abs(sum) + Math.abs(addend.sum))
        || Double.isInfinite(Math.abs(count) + Math.abs(addend.count))
        || Double.isInfinite(Math.abs(zeroCount) + Math.abs(addend.zeroCount))
        || Double.isInfinite(positive.largest() + addend.positive.largest())
        || Double.isInfinite(negative.largest() + addend.negative.largest());
  }

  @Override
  public boolean isReconciled() {
    return reconciled;
  }

  /// As [#isReconciled], of the last step alone.
  public boolean wasReconciled() {
    return reconciledLast;
  }

  @Override
  public boolean resetsCollide() {
    return sawReset && sawNoReset;
  }

  /// May be asked for at any time.
  @Override
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
