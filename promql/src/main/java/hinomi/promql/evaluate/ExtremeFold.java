package hinomi.promql.evaluate;

import hinomi.promql.parse.Aggregation;
import hinomi.promql.parse.Expr;
import java.util.Arrays;

/// `min` and `max`: NaN only when there is nothing else.
final class ExtremeFold extends Fold {
  private final double[] held;
  private final boolean largest;

  ExtremeFold(Expr.Aggregate aggregate, int steps, Notes notes) {
    super(aggregate, steps, notes);
    this.held = new double[steps];
    this.largest = aggregate.operator() == Aggregation.MAX;
    Arrays.fill(held, Double.NaN);
  }

  @Override
  void add(int step, double value) {
    double best = held[step];
    if ((largest ? value > best : value < best) || Double.isNaN(best)) {
      held[step] = value;
    }
  }

  @Override
  void merge(Fold other) {
    if (!(other instanceof ExtremeFold more)) {
      throw otherKind();
    }
    mergeSeen(more);
    for (int i = 0; i < held.length; i++) {
      if (more.seen[i]) {
        add(i, more.held[i]);
      }
    }
  }

  @Override
  double result(int step) {
    return held[step];
  }
}
