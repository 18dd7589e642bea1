package hinomi.promql.evaluate;

/// A sum that remembers what rounding lost (Kahan, with Neumaier's improvement): 1e100 + 1 − 1e100
/// is 1.
final class KahanSum {
  private double sum;
  private double lost;

  void add(double value) {
    double next = sum + value;
    lost = lost(sum, lost, value, next);
    sum = next;
  }

  /// What is lost after a step from `sum` by `value` to `next`.
  static double lost(double sum, double lost, double value, double next) {
    if (Double.isInfinite(next)) {
      return 0;
    }
    return Math.abs(sum) >= Math.abs(value)
        ? lost + ((sum - next) + value)
        : lost + ((value - next) + sum);
  }

  double sum() {
    return sum;
  }

  double lost() {
    return lost;
  }

  double total() {
    return Double.isInfinite(sum) ? sum : sum + lost;
  }
}
