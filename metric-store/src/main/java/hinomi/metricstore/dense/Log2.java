package hinomi.metricstore.dense;

/// Logarithms for estimates: right to three thousandths, for a look into a table.
final class Log2 {
  private static final int BITS = 8;
  private static final double[] TABLE = new double[1 << BITS];

  static {
    for (int i = 0; i < TABLE.length; i++) {
      TABLE[i] = Math.log(1 + (i + 0.5) / TABLE.length) / Math.log(2);
    }
    TABLE[0] = 0; // powers of two are exact
  }

  private Log2() {}

  /// @param value at least the smallest normal number
  static double of(double value) {
    long bits = Double.doubleToRawLongBits(value);
    return (bits >>> 52) - 1023 + TABLE[(int) (bits >>> (52 - BITS)) & (TABLE.length - 1)];
  }
}
