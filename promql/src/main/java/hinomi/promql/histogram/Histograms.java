package hinomi.promql.histogram;

import hinomi.model.Histogram;
import hinomi.promql.parse.Numbers;
import java.util.Arrays;
import java.util.List;

/// Histograms scaled, compared and written as text.
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

  /// As Prometheus writes it: `{count:7, sum:9, [-0.001,0.001]:1, (0.5,1]:6}`.
  public static String text(Histogram histogram) {
    StringBuilder text = new StringBuilder("{count:");
    text.append(Numbers.general(histogram.count()));
    text.append(", sum:").append(Numbers.general(histogram.sum()));
    append(text, Bucket.negative(histogram).reversed());
    if (histogram.zeroCount() != 0) {
      append(text, List.of(Bucket.zero(histogram)));
    }
    append(text, Bucket.positive(histogram));
    return text.append('}').toString();
  }

  private static void append(StringBuilder text, List<Bucket> buckets) {
    for (Bucket bucket : buckets) {
      if (bucket.count() != 0) {
        text.append(", ").append(bucket);
      }
    }
  }
}
