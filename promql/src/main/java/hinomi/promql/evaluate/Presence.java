package hinomi.promql.evaluate;

import hinomi.model.Points;
import hinomi.model.StoredSeries;
import hinomi.promql.parse.Expr;

/// Tells "the condition is false" from "there is no data": whether some selector of an expression
/// finds a sample. One thread.
///
/// @param subqueryStep of subqueries that name none, milliseconds
record Presence(Selection selection, Budget budget, long subqueryStep) {
  /// Selectors inside subqueries are looked at over the subquery's range.
  boolean of(Expr expr, Grid grid) {
    return switch (expr) {
      case Expr.Selector selector -> isAny(selection.seen(selector, grid), grid);
      case Expr.RangeSelector range -> isAny(selection.ranges(range, grid));
      case Expr.Subquery q -> {
        long end = Steps.when(q.at(), q.offset(), grid.last());
        long step = q.step() == 0 ? subqueryStep : q.step();
        yield of(q.inner(), Grid.over(end - q.range() + 1, end, Math.min(step, q.range())));
      }
      // Its second argument says which labels are wanted.
      case Expr.Call call when call.function().name().equals("info") ->
          of(call.arguments().getFirst(), grid);
      default -> expr.parts().stream().anyMatch(part -> of(part, grid));
    };
  }

  private static boolean isAny(Supply seen, Grid grid) {
    Supply.Maker maker = seen.maker(new Notes(""));
    RowBuffer row = new RowBuffer(grid.count());
    for (int i = 0; i < seen.size(); i++) {
      if (maker.make(i, row)) {
        return true;
      }
    }
    return false;
  }

  private boolean isAny(Ranges ranges) {
    Points points = new Points(0);
    Window window = new Window(ranges.steps(), budget);
    for (StoredSeries series : ranges.series()) {
      long held = budget.read(series, points);
      window.load(points);
      window.dropMarkers();
      for (int step = 0; step < ranges.steps().count(); step++) {
        window.place(step);
        if (!window.isEmpty()) {
          return true;
        }
      }
      budget.release(held);
    }
    return false;
  }
}
