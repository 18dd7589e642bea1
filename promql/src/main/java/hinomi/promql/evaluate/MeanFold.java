package hinomi.promql.evaluate;

import hinomi.model.histogram.Average;
import hinomi.promql.parse.Expr;

/// `avg`.
final class MeanFold extends TotalFold {
  private final Mean[] means;

  MeanFold(Expr.Aggregate aggregate, int steps, Notes notes) {
    super(aggregate, steps, notes, Average::of);
    this.means = new Mean[steps];
    for (int i = 0; i < steps; i++) {
      means[i] = new Mean();
    }
  }

  @Override
  void add(int step, double value) {
    means[step].add(value);
  }

  @Override
  void merge(Fold other) {
    if (!(other instanceof MeanFold more)) {
      throw otherKind();
    }
    mergeSeen(more);
    mergeTotals(more);
    for (int i = 0; i < means.length; i++) {
      means[i].merge(more.means[i]);
    }
  }

  @Override
  double result(int step) {
    return means[step].value();
  }
}
