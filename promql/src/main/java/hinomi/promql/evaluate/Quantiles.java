package hinomi.promql.evaluate;

import java.util.Arrays;

/// The quantile of single values: linear between the two nearest ranks, NaN counting as the
/// smallest.
final class Quantiles {
  private Quantiles() {}

  /// @param values which are sorted in place
  static double of(double q, double[] values) {
    if (values.length == 0 || Double.isNaN(q)) {
      return Double.NaN;
    }
    if (q < 0 || q > 1) {
      return q < 0 ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
    }
    Arrays.sort(values);
    int numbers = values.length;
    while (numbers > 0 && Double.isNaN(values[numbers - 1])) {
      numbers--;
    }
    int notNumbers = values.length - numbers;
    double rank = q * (values.length - 1);
    int lower = (int) Math.max(0, Math.floor(rank));
    int upper = Math.min(values.length - 1, lower + 1);
    double weight = rank - Math.floor(rank);
    return at(values, lower - notNumbers) * (1 - weight) + at(values, upper - notNumbers) * weight;
  }

  private static double at(double[] sorted, int i) {
    return i < 0 ? Double.NaN : sorted[i];
  }

  static boolean isValid(double q) {
    return q >= 0 && q <= 1;
  }
}
