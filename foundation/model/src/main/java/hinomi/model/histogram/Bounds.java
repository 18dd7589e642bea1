package hinomi.model.histogram;

import hinomi.model.Histogram;

/// Upper bounds of buckets by their index: powers of 2^(2^−schema), or those that were given. The
/// fractions between powers of two are those by which Prometheus and its client libraries sort
/// observations, which are up to four units in the last place below the true powers.
public final class Bounds {
  /// The finest schema of all.
  private static final int FINEST = 8;

  /// One more than the units in the last place by which each 256th of a power of two is too low.
  private static final String TOO_LOW =
      "1111112111211111112311222222222211211121122211221122112211221222"
          + "1111112222332122112111211121111111221011213311221121112122321222"
          + "1122213322321232212222322333224421211121223321322233223222332232"
          + "3243223233433333333333444455435422323333324422333243223333543344";

  private static final double[] FRACTIONS = fractions();

  private Bounds() {}

  private static double[] fractions() {
    double[] fractions = new double[1 << FINEST];
    for (int i = 0; i < fractions.length; i++) {
      double power = StrictMath.pow(2, (double) i / fractions.length - 1);
      int below = TOO_LOW.charAt(i) - '1';
      fractions[i] = Double.longBitsToDouble(Double.doubleToLongBits(power) - below);
    }
    return fractions;
  }

  /// The upper bound of a bucket of positive values; that of the bucket below is its lower bound.
  static double upper(Histogram histogram, int index) {
    return histogram.hasCustomBounds()
        ? given(histogram.bounds(), index)
        : exponential(index, histogram.schema());
  }

  static double given(double[] bounds, int index) {
    if (index < 0) {
      return Double.NEGATIVE_INFINITY;
    }
    return index < bounds.length ? bounds[index] : Double.POSITIVE_INFINITY;
  }

  /// Of a bucket of an exponential schema.
  public static double exponential(int index, int schema) {
    if (schema < 0) {
      return power(1, (long) index << -schema, 1024);
    }
    int place = index & ((1 << schema) - 1);
    return power(FRACTIONS[place << (FINEST - schema)], (long) (index >> schema) + 1, 1025);
  }

  /// The bound right above all finite numbers is the largest of them, so that the next bucket is
  /// for infinity alone.
  private static double power(double fraction, long exponent, int beyond) {
    if (exponent == beyond && (fraction == 0.5 || fraction == 1)) {
      return Double.MAX_VALUE;
    }
    return Math.scalb(fraction, Math.clamp(exponent, -5000, 5000));
  }
}
