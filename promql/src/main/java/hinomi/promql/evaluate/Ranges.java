package hinomi.promql.evaluate;

import hinomi.model.StoredSeries;
import hinomi.promql.parse.Expr;
import java.util.List;

/// A range vector over all steps: its series, unpacked when somebody wants them, and which range
/// each step looks at.
record Ranges(List<? extends StoredSeries> series, Steps steps) {
  static boolean isRange(Expr expr) {
    return expr instanceof Expr.RangeSelector || expr instanceof Expr.Subquery;
  }

  long cost() {
    long cost = 0;
    for (StoredSeries each : series) {
      cost += each.expected();
    }
    return cost + (long) series.size() * steps.count();
  }
}
