package hinomi.promql.evaluate;

import hinomi.model.Histogram;
import hinomi.model.Labels;
import hinomi.promql.parse.Aggregation;
import hinomi.promql.parse.Expr;

/// `count` and `group`, to which numbers and histograms are the same.
final class CountFold extends Fold {
  private final double[] counts;
  private final boolean group;

  CountFold(Expr.Aggregate aggregate, int steps, Notes notes) {
    super(aggregate, steps, notes);
    this.counts = new double[steps];
    this.group = aggregate.operator() == Aggregation.GROUP;
  }

  @Override
  void add(int step, double value) {
    counts[step]++;
  }

  @Override
  long add(int step, Histogram histogram, Labels labels) {
    seen[step] = true;
    counts[step]++;
    return 0;
  }

  @Override
  void merge(Fold other) {
    if (!(other instanceof CountFold more)) {
      throw otherKind();
    }
    mergeSeen(more);
    for (int i = 0; i < counts.length; i++) {
      counts[i] += more.counts[i];
    }
  }

  @Override
  double result(int step) {
    return group ? 1 : counts[step];
  }
}
