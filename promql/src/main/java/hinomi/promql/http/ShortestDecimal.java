package hinomi.promql.http;

import java.math.BigInteger;

/// The shortest decimal that reads back as a double, the closest one of those: what Go's `strconv`
/// prints with precision −1. Follows R. Giulietti, "The Schubfach way to render doubles" (2021),
/// with powers of ten as 128-bit numbers. Made to be used again, for it allocates nothing. One
/// thread.
final class ShortestDecimal {
  private static final int MIN_POWER = -292;
  private static final int MAX_POWER = 324;
  private static final long FRACTION = (1L << 52) - 1;
  private static final int SUBNORMAL = -1074;

  /// For each power of ten the 128 bits that it begins with, rounded up.
  private static final long[] HIGH = new long[MAX_POWER - MIN_POWER + 1];

  private static final long[] LOW = new long[MAX_POWER - MIN_POWER + 1];

  static {
    for (int power = MIN_POWER; power <= MAX_POWER; power++) {
      BigInteger bits = beginning(power);
      HIGH[power - MIN_POWER] = bits.shiftRight(64).longValue();
      LOW[power - MIN_POWER] = bits.longValue();
    }
  }

  private long digits;
  private int exponent;

  private static BigInteger beginning(int power) {
    BigInteger ten = BigInteger.TEN.pow(Math.abs(power));
    int shift = 127 - log2OfPower10(power);
    if (power >= 0 && shift >= 0) {
      return ten.shiftLeft(shift);
    }
    BigInteger over = power < 0 ? BigInteger.ONE.shiftLeft(shift) : ten;
    BigInteger under = power < 0 ? ten : BigInteger.ONE.shiftLeft(-shift);
    return over.add(under).subtract(BigInteger.ONE).divide(under);
  }

  /// The value is `digits · 10^exponent`; the last digit is not 0.
  long digits() {
    return digits;
  }

  int exponent() {
    return exponent;
  }

  /// @param value above zero and finite
  void of(double value) {
    long bits = Double.doubleToRawLongBits(value);
    long fraction = bits & FRACTION;
    int biased = (int) (bits >>> 52);
    long c = biased == 0 ? fraction : fraction | (FRACTION + 1);
    int q = biased == 0 ? SUBNORMAL : biased - 1075;
    // Below a power of two, doubles are twice as dense.
    boolean denserBelow = fraction == 0 && biased > 1;
    int k = denserBelow ? log10OfThreeQuarters(q) : log10(q);
    long high = HIGH[-k - MIN_POWER];
    long low = LOW[-k - MIN_POWER];
    int h = q + log2OfPower10(-k) + 1;
    // A border belongs to the value when its last bit is 0, for reading rounds to even.
    long open = c & 1;
    long lower = scaled(high, low, (4 * c - (denserBelow ? 1 : 2)) << h) + open;
    long middle = scaled(high, low, (4 * c) << h);
    long upper = scaled(high, low, (4 * c + 2) << h) - open;
    long s = middle >>> 2;
    long tens = s / 10;
    boolean roundDownFits = lower <= 40 * tens;
    boolean roundUpFits = 40 * tens + 40 <= upper;
    if (s >= 10 && roundDownFits != roundUpFits) {
      strip(tens + (roundUpFits ? 1 : 0), k + 1);
      return;
    }
    boolean downFits = lower <= 4 * s;
    boolean upFits = 4 * s + 4 <= upper;
    long half = 4 * s + 2;
    boolean up = downFits == upFits ? middle > half || (middle == half && (s & 1) == 1) : upFits;
    strip(s + (up ? 1 : 0), k);
  }

  private void strip(long all, int power) {
    long kept = all;
    int shifted = power;
    while (kept % 10 == 0) {
      kept /= 10;
      shifted++;
    }
    digits = kept;
    exponent = shifted;
  }

  /// The upper 64 of 192 bits of a product, the last bit set when anything below was: enough to
  /// compare exactly.
  private static long scaled(long high, long low, long factor) {
    long carried = Math.unsignedMultiplyHigh(low, factor);
    long middle = high * factor + carried;
    long top = Math.unsignedMultiplyHigh(high, factor);
    if (Long.compareUnsigned(middle, carried) < 0) {
      top++;
    }
    return Long.compareUnsigned(middle, 1) > 0 ? top | 1 : top;
  }

  /// ⌊log₁₀ 2^q⌋, exact in the range of doubles; so are the other two.
  private static int log10(int q) {
    return (q * 1_262_611) >> 22;
  }

  /// ⌊log₁₀ (¾ · 2^q)⌋
  private static int log10OfThreeQuarters(int q) {
    return (q * 1_262_611 - 524_031) >> 22;
  }

  /// ⌊log₂ 10^e⌋
  private static int log2OfPower10(int e) {
    return (e * 1_741_647) >> 19;
  }
}
