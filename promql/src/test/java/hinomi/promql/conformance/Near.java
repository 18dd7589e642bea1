package hinomi.promql.conformance;

import hinomi.model.Histogram;
import hinomi.model.histogram.Histograms;
import hinomi.promql.notation.Point;
import java.util.Arrays;

/// Equal but for rounding.
final class Near {
  private Near() {}

  static boolean points(Point expected, Point actual) {
    return switch (expected) {
      case Point.Plain number ->
          actual instanceof Point.Plain other && TestRun.near(number.value(), other.value());
      case Point.Native one ->
          actual instanceof Point.Native other
              && histograms(one.histogram(), other.histogram())
              && (!one.hinted() || one.histogram().reset() == other.histogram().reset());
    };
  }

  /// Empty buckets count for nothing, too; what is known of the past is left aside.
  private static boolean histograms(Histogram expected, Histogram actual) {
    Histogram one = Histograms.multiplied(expected, 1);
    Histogram other = Histograms.multiplied(actual, 1);
    return one.schema() == other.schema()
        && TestRun.near(one.count(), other.count())
        && TestRun.near(one.sum(), other.sum())
        && one.zeroThreshold() == other.zeroThreshold()
        && TestRun.near(one.zeroCount(), other.zeroCount())
        && Arrays.equals(one.bounds(), other.bounds())
        && buckets(one.positive(), other.positive())
        && buckets(one.negative(), other.negative());
  }

  private static boolean buckets(Histogram.Buckets one, Histogram.Buckets other) {
    if (!Arrays.equals(one.spans(), other.spans())) {
      return false;
    }
    for (int i = 0; i < one.counts().length; i++) {
      if (!TestRun.near(one.counts()[i], other.counts()[i])) {
        return false;
      }
    }
    return true;
  }
}
