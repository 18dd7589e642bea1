package hinomi.promql.evaluate;

import hinomi.model.StoredSeries;
import hinomi.promql.SeriesSource;
import hinomi.promql.parse.Expr;
import java.util.List;

/// Finds the series of selectors: one look into the source for each, over all steps at once.
final class Selection {
  private final SeriesSource source;
  private final Budget budget;
  private final long lookback;

  /// @param lookback how old the sample of an instant selector may be, milliseconds
  Selection(SeriesSource source, Budget budget, long lookback) {
    this.source = source;
    this.budget = budget;
    this.lookback = lookback;
  }

  /// The newest sample at each step, not older than the lookback (left-open) and no staleness
  /// marker.
  Newest newest(Expr.Selector selector, Grid grid, Newest.Wanted wanted) {
    return new Newest(find(selector, lookback, grid), wanted, budget);
  }

  Ranges ranges(Expr.RangeSelector range, Grid grid) {
    return find(range.selector(), range.range(), grid);
  }

  /// @param back how far before each step samples matter, left-open
  private Ranges find(Expr.Selector selector, long back, Grid grid) {
    Steps steps = Steps.of(grid, selector.at(), selector.offset(), back);
    budget.check();
    List<? extends StoredSeries> all =
        source.select(selector.matchers(), steps.firstEnd() - back + 1, steps.lastEnd());
    long samples = 0;
    for (StoredSeries series : all) {
      samples += series.size();
    }
    budget.find(all.size(), samples);
    return new Ranges(all, steps);
  }
}
