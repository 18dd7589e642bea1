package hinomi.model.histogram;

import hinomi.model.Histogram;
import java.util.Arrays;

/// Finds where a counter that is a histogram began anew.
public final class Resets {
  private Resets() {}

  /// Whether a histogram does not continue the one before it: some count fell, or a populated
  /// bucket is gone, or the resolution rose. What a sender says of it counts more.
  public static boolean isBetween(Histogram before, Histogram now) {
    if (now.reset() == Histogram.Reset.RESET) {
      return true;
    }
    if (now.reset() == Histogram.Reset.NOT_RESET) {
      return false;
    }
    if (now.count() < before.count()) {
      return true;
    }
    if (hasSameLayout(before, now)) {
      return now.zeroCount() < before.zeroCount()
          || isAnyLower(before.positive().counts(), now.positive().counts())
          || isAnyLower(before.negative().counts(), now.negative().counts());
    }
    return now.hasCustomBounds()
        ? !before.hasCustomBounds() || isCustomReset(before, now)
        : isExponentialReset(before, now);
  }

  private static boolean hasSameLayout(Histogram one, Histogram other) {
    return one.schema() == other.schema()
        && one.zeroThreshold() == other.zeroThreshold()
        && Arrays.equals(one.positive().spans(), other.positive().spans())
        && Arrays.equals(one.negative().spans(), other.negative().spans())
        && Arrays.equals(one.bounds(), other.bounds());
  }

  private static boolean isAnyLower(double[] before, double[] now) {
    for (int i = 0; i < now.length; i++) {
      if (now[i] < before[i]) {
        return true;
      }
    }
    return false;
  }

  private static boolean isCustomReset(Histogram before, Histogram now) {
    // Reconciles the bounds of both to those in common.
    Tally earlier = Tally.of(before);
    earlier.add(Histograms.nothingLike(now));
    Tally later = Tally.of(now);
    later.add(Histograms.nothingLike(before));
    return isAnyLower(earlier.positive(), later.positive());
  }

  private static boolean isExponentialReset(Histogram before, Histogram now) {
    if (now.schema() > before.schema() || now.zeroThreshold() < before.zeroThreshold()) {
      return true;
    }
    Tally earlier = Tally.of(before);
    earlier.widenZeroBucket(now.zeroThreshold());
    if (earlier.zeroThreshold() != now.zeroThreshold()) {
      // A populated bucket does not come to lie across the threshold by counting on.
      return true;
    }
    earlier.reduceTo(now.schema());
    return now.zeroCount() < earlier.zeroTotal()
        || isAnyLower(earlier.positive(), Side.of(now.positive()))
        || isAnyLower(earlier.negative(), Side.of(now.negative()));
  }

  private static boolean isAnyLower(Side before, Side now) {
    int at = 0;
    for (int i = 0; i < before.size(); i++) {
      while (at < now.size() && now.index(at) < before.index(i)) {
        at++;
      }
      boolean there = at < now.size() && now.index(at) == before.index(i);
      double count = before.total(i);
      if (there ? now.total(at) < count : count != 0) {
        return true;
      }
    }
    return false;
  }
}
