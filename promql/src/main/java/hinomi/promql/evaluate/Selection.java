package hinomi.promql.evaluate;

import hinomi.model.StoredSeries;
import hinomi.promql.SeriesSource;
import hinomi.promql.parse.Expr;
import hinomi.promql.parse.Reach;
import java.util.List;

/// Finds the series of selectors: one look into the source for each, over all steps at once.
final class Selection {
  private final SeriesSource source;
  private final Budget budget;
  private final long lookback;
  private Told.Hints hints = Told.Hints.STORED;

  /// @param lookback how old the sample of an instant selector may be, milliseconds
  Selection(SeriesSource source, Budget budget, long lookback) {
    this.source = source;
    this.budget = budget;
    this.lookback = lookback;
  }

  Told.Hints hints() {
    return hints;
  }

  /// For all series found from now on.
  void use(Told.Hints other) {
    hints = other;
  }

  /// The newest sample at each step, not older than the lookback (left-open) and no staleness
  /// marker.
  Newest newest(Expr.Selector selector, Grid grid, Newest.Wanted wanted) {
    return new Newest(find(selector, lookback, 0, grid), wanted, budget);
  }

  /// What a selector sees at each step.
  Supply seen(Expr.Selector selector, Grid grid) {
    return selector.reach() == Reach.SMOOTHED
        ? new Smoothed(find(selector, lookback, lookback, grid), lookback, selector.span(), budget)
        : newest(selector, grid, Newest.Wanted.VALUE);
  }

  /// With `anchored` and `smoothed`, the samples that give the ends their values are there, too.
  Ranges ranges(Expr.RangeSelector range, Grid grid) {
    Expr.Selector selector = range.selector();
    return switch (selector.reach()) {
      case PLAIN -> find(selector, range.range(), 0, grid);
      case ANCHORED -> find(selector, range.range() + lookback, 0, grid);
      case SMOOTHED -> find(selector, range.range() + lookback, lookback, grid);
    };
  }

  /// How a range selector looks at its ends.
  Reaching reaching(Expr.RangeSelector range) {
    return Reaching.of(range, lookback);
  }

  /// @param before how far before each step samples matter, left-open
  /// @param ahead how far behind it
  private Ranges find(Expr.Selector selector, long before, long ahead, Grid grid) {
    long back = before + ahead;
    Steps steps = Steps.of(grid, selector.at(), selector.offset() - ahead, back);
    budget.check();
    List<? extends StoredSeries> all =
        source.select(selector.matchers(), steps.firstEnd() - back + 1, steps.lastEnd());
    long samples = 0;
    for (StoredSeries series : all) {
      samples += series.expected();
    }
    budget.find(all.size(), samples);
    return new Ranges(
        hints == Told.Hints.FOUND_OUT ? all.stream().map(Told::new).toList() : all, steps);
  }
}
