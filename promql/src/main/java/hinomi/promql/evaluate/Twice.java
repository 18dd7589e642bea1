package hinomi.promql.evaluate;

/// A number twice as precise as a `double`: the unevaluated sum of two of them (T. J. Dekker, *A
/// floating-point technique for extending the available precision*, 1971). Right to about 2^-100.
record Twice(double high, double low) {
  static Twice of(double value) {
    return new Twice(value, 0);
  }

  /// @param low not larger than `high`
  static Twice normal(double high, double low) {
    double sum = high + low;
    return new Twice(sum, low - (sum - high));
  }

  Twice plus(Twice other) {
    double sum = high + other.high;
    return normal(sum, lost(high, other.high, sum) + (low + other.low));
  }

  Twice minus(Twice other) {
    return plus(new Twice(-other.high, -other.low));
  }

  Twice times(Twice other) {
    double product = high * other.high;
    double rest = Math.fma(high, other.high, -product);
    return normal(product, rest + (high * other.low + low * other.high));
  }

  Twice over(Twice other) {
    double first = high / other.high;
    Twice rest = minus(other.times(of(first)));
    return normal(first, rest.high / other.high);
  }

  double value() {
    return high + low;
  }

  /// What rounding lost when `a` and `b` made `sum`.
  static double lost(double a, double b, double sum) {
    double part = sum - a;
    return (a - (sum - part)) + (b - part);
  }
}
