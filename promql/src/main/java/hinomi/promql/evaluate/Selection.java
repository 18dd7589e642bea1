package hinomi.promql.evaluate;

import hinomi.model.Rolled;
import hinomi.model.RolledSelection;
import hinomi.model.RolledSeries;
import hinomi.model.StoredSeries;
import hinomi.model.TimeRanges;
import hinomi.promql.Sources;
import hinomi.promql.parse.Expr;
import hinomi.promql.parse.Reach;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Finds the series of selectors: one look into the source for each, over all steps at once.
final class Selection {
  /// Shorter ranges are read in samples: there is little to be saved.
  private static final long SHORTEST_ROLLED = Duration.ofHours(1).toMillis();

  private final Sources sources;
  private final Budget budget;
  private final Notes notes;
  private final long lookback;
  private Told.Hints hints = Told.Hints.STORED;

  /// @param lookback how old the sample of an instant selector may be, milliseconds
  Selection(Sources sources, Budget budget, Notes notes, long lookback) {
    this.sources = sources;
    this.budget = budget;
    this.notes = notes;
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
  /// marker. Where samples are thinned out, the lookback is longer by what lies between two.
  Newest newest(Expr.Selector selector, Grid grid, Newest.Wanted wanted) {
    Steps steps = Steps.of(grid, selector.at(), selector.offset(), lookback);
    long spacing = sources.spacing().at(steps.firstEnd() - lookback);
    Ranges found = find(selector, lookback + spacing, 0, grid);
    if (spacing == 0) {
      return new Newest(found, wanted, budget);
    }
    long[] reaches = new long[steps.count()];
    for (int step = 0; step < reaches.length; step++) {
      reaches[step] = lookback + sources.spacing().at(steps.end(step) - lookback);
    }
    return new Newest(found, wanted, budget, reaches);
  }

  /// What is in buckets of a range, where they are of use.
  Optional<RolledSelection> rolled(
      Expr.RangeSelector range, Grid grid, Set<Rolled.Column> columns) {
    if (range.range() < SHORTEST_ROLLED) {
      return Optional.empty();
    }
    Expr.Selector selector = range.selector();
    Steps steps = Steps.of(grid, selector.at(), selector.offset(), range.range());
    budget.check();
    Optional<RolledSelection> found =
        sources
            .rollups()
            .select(
                selector.matchers(),
                new TimeRanges(steps.firstEnd(), steps.stride(), steps.count(), steps.length()),
                columns);
    found.ifPresent(each -> {
      long entries = 0;
      for (RolledSeries series : each.series()) {
        entries += series.size();
      }
      budget.find(each.series().size(), entries);
      if (!each.exact()) {
        notes.rolledUp(selector.span());
      }
    });
    return found;
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
        sources.samples().select(selector.matchers(), steps.firstEnd() - back + 1, steps.lastEnd());
    if (!all.isEmpty() && sources.spacing().at(steps.firstEnd() - back) > 0) {
      notes.rolledUp(selector.span());
    }
    long samples = 0;
    for (StoredSeries series : all) {
      samples += series.expected();
    }
    budget.find(all.size(), samples);
    return new Ranges(
        hints == Told.Hints.FOUND_OUT ? all.stream().map(Told::new).toList() : all, steps);
  }
}
