package hinomi.model.histogram;

import hinomi.model.Histogram;
import java.util.Arrays;

/// Histograms scaled and compared.
public final class Histograms {
  private Histograms() {}

  /// The room that one takes in memory, in samples of 16 bytes, about.
  public static long weight(Histogram histogram) {
    int numbers =
        histogram.positive().counts().length
            + histogram.negative().counts().length
            + histogram.bounds().length;
    int spans = histogram.positive().spans().length + histogram.negative().spans().length;
    return 16L + numbers / 2 + spans / 4;
  }

  public static Histogram multiplied(Histogram histogram, double factor) {
    Tally tally = Tally.of(histogram);
    tally.multiply(factor);
    return tally.histogram();
  }

  public static Histogram divided(Histogram histogram, double divisor) {
    Tally tally = Tally.of(histogram);
    tally.divide(divisor);
    return tally.histogram();
  }

  /// Nothing yet, in the layout of a histogram.
  public static Histogram nothingLike(Histogram histogram) {
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

  /// The same data to the last bit. What is known of the count's past is no part of it.
  public static boolean equal(Histogram one, Histogram other) {
    return one.schema() == other.schema()
        && same(one.count(), other.count())
        && same(one.sum(), other.sum())
        && one.zeroThreshold() == other.zeroThreshold()
        && same(one.zeroCount(), other.zeroCount())
        && Arrays.equals(one.bounds(), other.bounds())
        && Side.same(one.positive(), other.positive())
        && Side.same(one.negative(), other.negative());
  }

  private static boolean same(double a, double b) {
    return Double.doubleToRawLongBits(a) == Double.doubleToRawLongBits(b);
  }
}
