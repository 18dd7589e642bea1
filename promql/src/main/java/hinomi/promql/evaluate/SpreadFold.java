package hinomi.promql.evaluate;

import hinomi.promql.parse.Aggregation;
import hinomi.promql.parse.Expr;

/// `stddev` and `stdvar`.
final class SpreadFold extends Fold {
  private final Spread[] spreads;
  private final boolean deviation;

  SpreadFold(Expr.Aggregate aggregate, int steps, Notes notes) {
    super(aggregate, steps, notes);
    this.deviation = aggregate.operator() == Aggregation.STDDEV;
    this.spreads = new Spread[steps];
    for (int i = 0; i < steps; i++) {
      spreads[i] = new Spread();
    }
  }

  @Override
  void add(int step, double value) {
    spreads[step].add(value);
  }

  @Override
  void merge(Fold other) {
    if (!(other instanceof SpreadFold more)) {
      throw otherKind();
    }
    mergeSeen(more);
    for (int i = 0; i < spreads.length; i++) {
      spreads[i].merge(more.spreads[i]);
    }
  }

  @Override
  double result(int step) {
    return deviation ? spreads[step].deviation() : spreads[step].variance();
  }
}
