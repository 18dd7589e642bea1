package hinomi.model.histogram;

/// What rounding loses of a sum, kept beside it: Kahan's method with Neumaier's improvement.
final class Kahan {
  private Kahan() {}

  /// What is lost after a step from `sum` by `value` to `next`.
  static double lost(double sum, double lost, double value, double next) {
    if (Double.isInfinite(next)) {
      return 0;
    }
    return Math.abs(sum) >= Math.abs(value)
        ? lost + ((sum - next) + value)
        : lost + ((value - next) + sum);
  }

  static double total(double sum, double lost) {
    return Double.isInfinite(sum) ? sum : sum + lost;
  }
}
