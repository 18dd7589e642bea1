package hinomi.promql.evaluate;

import hinomi.model.histogram.Tally;
import hinomi.promql.parse.Expr;
import java.util.Arrays;

/// `sum`. What rounding loses is found without asking which of two numbers is larger (Knuth's
/// TwoSum), so that the loop over all steps has no branches.
final class SumFold extends TotalFold {
  private final double[] sums;
  private final double[] lost;

  SumFold(Expr.Aggregate aggregate, int steps, Notes notes) {
    super(aggregate, steps, notes, Tally::of);
    this.sums = new double[steps];
    this.lost = new double[steps];
    // The one number that changes none when added, zeros included.
    Arrays.fill(sums, -0.0);
  }

  @Override
  void add(int step, double value) {
    double sum = sums[step];
    double next = sum + value;
    double part = next - sum;
    lost[step] += (sum - (next - part)) + (value - part);
    sums[step] = next;
  }

  @Override
  void addAll(double[] values) {
    for (int i = 0; i < values.length; i++) {
      double sum = sums[i];
      double value = values[i];
      double next = sum + value;
      double part = next - sum;
      lost[i] += (sum - (next - part)) + (value - part);
      sums[i] = next;
    }
  }

  @Override
  void merge(Fold other) {
    if (!(other instanceof SumFold more)) {
      throw otherKind();
    }
    mergeSeen(more);
    mergeTotals(more);
    addAll(more.sums);
    for (int i = 0; i < lost.length; i++) {
      lost[i] += more.lost[i];
    }
  }

  @Override
  double result(int step) {
    // Beyond the largest number nothing is known of what was lost.
    return Double.isNaN(lost[step]) ? sums[step] : sums[step] + lost[step];
  }
}
