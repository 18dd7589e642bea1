package hinomi.metricstore.dense;

/// How doubles are made of integers, to the last bit: a quotient by a power of ten (what people and
/// exporters write), a multiple of a power of two (what machines measure), or the double's own bits
/// in the order of the numbers. Which is right for a column is tried out in [ScaleFinder].
///
/// @param kind one of the three
/// @param argument digits behind the point; exponent of two; zero bits cut off at the low end
record Scale(int kind, int argument) {
  static final int DECIMAL = 0;
  static final int BINARY = 1;
  static final int BITS = 2;

  static final int MAX_DECIMALS = 15;
  private static final int MIN_EXPONENT = -1074;
  private static final int MAX_EXPONENT = 1023;

  private static final double[] POWERS = new double[MAX_DECIMALS + 1];

  static {
    double power = 1;
    for (int i = 0; i <= MAX_DECIMALS; i++) {
      POWERS[i] = power;
      power *= 10;
    }
  }

  /// Checks what was read.
  static Scale checked(int kind, long argument) {
    boolean known =
        switch (kind) {
          case DECIMAL -> argument >= 0 && argument <= MAX_DECIMALS;
          case BINARY -> argument >= MIN_EXPONENT && argument <= MAX_EXPONENT;
          case BITS -> argument >= 0 && argument < 64;
          default -> false;
        };
    if (!known) {
      throw new Damaged("values scaled by " + kind + ", " + argument);
    }
    return new Scale(kind, (int) argument);
  }

  /// 10^n, exact.
  static double power(int n) {
    return POWERS[n];
  }

  /// 2^n, exact.
  static double binaryPower(int n) {
    return Math.scalb(1.0, n);
  }

  /// Raw bits in an order that is that of the numbers.
  static long ordered(long bits) {
    return bits ^ ((bits >> 63) >>> 1);
  }

  /// The double of an integer.
  double value(long number) {
    return switch (kind) {
      case DECIMAL -> number / power(argument);
      case BINARY -> number * binaryPower(argument);
      default -> Double.longBitsToDouble(ordered(number << argument));
    };
  }

  /// The doubles of many integers.
  void values(long[] numbers, int from, int to, double[] into, int at) {
    int shift = at - from;
    switch (kind) {
      case DECIMAL -> {
        if (argument == 0) {
          for (int i = from; i < to; i++) {
            into[shift + i] = numbers[i];
          }
        } else {
          divide(numbers, from, to, into, shift);
        }
      }
      case BINARY -> {
        double factor = binaryPower(argument);
        for (int i = from; i < to; i++) {
          into[shift + i] = numbers[i] * factor;
        }
      }
      default -> {
        for (int i = from; i < to; i++) {
          into[shift + i] = Double.longBitsToDouble(ordered(numbers[i] << argument));
        }
      }
    }
  }

  private void divide(long[] numbers, int from, int to, double[] into, int shift) {
    double divisor = power(argument);
    for (int i = from; i < to; i++) {
      into[shift + i] = numbers[i] / divisor;
    }
  }
}
