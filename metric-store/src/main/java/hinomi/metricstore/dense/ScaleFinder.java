package hinomi.metricstore.dense;

import java.util.Arrays;

/// Finds the [Scale] of a column and its integers. Values that fit no scale, such as staleness
/// markers, NaN or −0, are set apart if they are few. Made to be used again; one thread.
final class ScaleFinder {
  private static final int PROBES = 16;
  private static final double LARGEST = 1L << 53;

  private final int maxDecimals;
  private long[] numbers = {};
  private int[] apart = {};
  private double[] back = {};
  private int numberCount;
  private int apartCount;

  ScaleFinder() {
    maxDecimals = 12;
  }

  /// The integers of the values that are not set apart, in order.
  long[] numbers() {
    return numbers;
  }

  int numberCount() {
    return numberCount;
  }

  /// Places of the values that are set apart, rising.
  int[] apart() {
    return apart;
  }

  int apartCount() {
    return apartCount;
  }

  Scale find(double[] values, int from, int to) {
    int count = to - from;
    if (numbers.length < count) {
      numbers = new long[count];
      apart = new int[count];
    }
    int limit = count / 16;
    int probed = probedDecimals(values, from, count);
    if (probed >= 0 && takeAll(values, from, to, probed)) {
      return new Scale(Scale.DECIMAL, probed);
    }
    int decimals = probed >= 0 ? decimals(values, from, to, limit) : -1;
    if (decimals >= 0) {
      Scale scale = new Scale(Scale.DECIMAL, decimals);
      if (take(new Attempt(scale, Scale.power(decimals), limit), values, from, to)) {
        return scale;
      }
    }
    int exponent = exponent(values, from, to);
    if (exponent != Integer.MIN_VALUE) {
      Scale scale = new Scale(Scale.BINARY, exponent);
      if (take(new Attempt(scale, 1 / Scale.binaryPower(exponent), limit), values, from, to)) {
        return scale;
      }
    }
    return bits(values, from, to, limit);
  }

  /// Digits behind the point that some values need; −1 when too many need more than there can be.
  private int probedDecimals(double[] values, int from, int count) {
    int probes = Math.min(count, PROBES);
    int failed = 0;
    int most = 0;
    for (int i = 0; i < probes; i++) {
      double value = values[from + (int) ((long) i * count / probes)];
      int decimals = most;
      while (decimals <= maxDecimals && !fits(value, decimals)) {
        decimals++;
      }
      if (decimals <= maxDecimals) {
        most = decimals;
      } else if (Double.isFinite(value)) {
        failed++;
      }
    }
    return failed <= probes / 4 ? most : -1;
  }

  /// Makes the integers if every value comes back from its own to the last bit. The loops have no
  /// branches, for this is how it ends nearly always.
  private boolean takeAll(double[] values, int from, int to, int decimals) {
    int count = to - from;
    if (back.length < count) {
      back = new double[count];
    }
    double power = Scale.power(decimals);
    double[] scaled = back;
    System.arraycopy(values, from, scaled, 0, count);
    for (int i = 0; i < count; i++) {
      scaled[i] = Math.rint(scaled[i] * power);
    }
    double least = 0;
    double most = 0;
    for (int i = 0; i < count; i++) {
      least = Math.min(least, scaled[i]);
      most = Math.max(most, scaled[i]);
    }
    if (!(least >= -LARGEST && most <= LARGEST)) {
      return false;
    }
    for (int i = 0; i < count; i++) {
      numbers[i] = (long) scaled[i];
    }
    // By way of the integer: −0 must not come back as 0.
    for (int i = 0; i < count; i++) {
      scaled[i] = numbers[i] / power;
    }
    if (Arrays.mismatch(scaled, 0, count, values, from, to) >= 0) {
      return false;
    }
    numberCount = count;
    apartCount = 0;
    return true;
  }

  private static boolean fits(double value, int decimals) {
    double power = Scale.power(decimals);
    double scaled = Math.rint(value * power);
    return Math.abs(scaled) <= LARGEST && scaled / power == value;
  }

  /// Digits behind the point that all values need but a few; −1 when there are none.
  private int decimals(double[] values, int from, int to, int limit) {
    int decimals = 0;
    int failed = 0;
    for (int i = from; i < to; i++) {
      double value = values[i];
      if (fits(value, decimals)) {
        continue;
      }
      int more = decimals + 1;
      while (more <= maxDecimals && !fits(value, more)) {
        more++;
      }
      if (more <= maxDecimals) {
        decimals = more;
      } else if (++failed > limit) {
        return -1;
      }
    }
    return decimals;
  }

  /// @param factor that makes integers of values
  /// @param limit how many values may be set apart
  private record Attempt(Scale scale, double factor, int limit) {}

  /// Makes the integers; false when too many values do not come back from theirs.
  private boolean take(Attempt attempt, double[] values, int from, int to) {
    Scale scale = attempt.scale();
    double factor = attempt.factor();
    numberCount = 0;
    apartCount = 0;
    for (int i = from; i < to; i++) {
      double scaled = Math.rint(values[i] * factor);
      long number = (long) scaled;
      if (Math.abs(scaled) <= LARGEST
          && Double.doubleToRawLongBits(scale.value(number))
              == Double.doubleToRawLongBits(values[i])) {
        numbers[numberCount++] = number;
      } else if (apartCount == attempt.limit()) {
        return false;
      } else {
        apart[apartCount++] = i - from;
      }
    }
    return true;
  }

  /// The exponent of which all finite values are multiples; the least number when there is none or
  /// the multiples would be too large.
  private static int exponent(double[] values, int from, int to) {
    int least = Integer.MAX_VALUE;
    int most = Integer.MIN_VALUE;
    for (int i = from; i < to; i++) {
      double value = values[i];
      if (value == 0 || !Double.isFinite(value)) {
        continue;
      }
      int exponent = Math.max(Math.getExponent(value), Double.MIN_EXPONENT);
      long bits = Double.doubleToRawLongBits(value);
      int zeros = Math.min(52, Long.numberOfTrailingZeros(bits));
      least = Math.min(least, exponent - 52 + zeros);
      most = Math.max(most, exponent);
      if (most - least > 52) {
        return Integer.MIN_VALUE;
      }
    }
    return least == Integer.MAX_VALUE || least < -1000 || most > 1000 ? Integer.MIN_VALUE : least;
  }

  private Scale bits(double[] values, int from, int to, int limit) {
    int odd = 0;
    for (int i = from; i < to; i++) {
      odd += Double.isFinite(values[i]) ? 0 : 1;
    }
    boolean setApart = odd <= limit;
    numberCount = 0;
    apartCount = 0;
    long all = 0;
    for (int i = from; i < to; i++) {
      if (setApart && !Double.isFinite(values[i])) {
        apart[apartCount++] = i - from;
      } else {
        long number = Scale.ordered(Double.doubleToRawLongBits(values[i]));
        numbers[numberCount++] = number;
        all |= number;
      }
    }
    int zeros = all == 0 ? 0 : Long.numberOfTrailingZeros(all);
    for (int i = 0; i < numberCount; i++) {
      numbers[i] >>= zeros;
    }
    return new Scale(Scale.BITS, zeros);
  }
}
