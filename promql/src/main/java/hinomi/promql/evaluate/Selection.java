package hinomi.promql.evaluate;

import hinomi.model.Sample;
import hinomi.model.Series;
import hinomi.promql.SeriesSource;
import hinomi.promql.parse.Expr;
import java.util.ArrayList;
import java.util.List;

/// Reads the series of selectors: one read of the source for each, over all steps at once.
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

  /// What the newest sample of a series is asked for.
  enum Wanted {
    VALUE,
    SECONDS
  }

  /// The newest sample at each step, not older than the lookback (left-open) and no staleness
  /// marker.
  Value.Vector instant(Expr.Selector selector, Grid grid, Wanted wanted) {
    List<Row> rows = new ArrayList<>();
    for (Series series : read(selector, lookback, grid)) {
      budget.check();
      budget.hold(grid.count());
      Row row = new Row(series.labels(), newest(series, selector, grid, wanted));
      if (!row.isEmpty()) {
        rows.add(row);
      }
    }
    return new Value.Vector(rows);
  }

  private double[] newest(Series series, Expr.Selector selector, Grid grid, Wanted wanted) {
    double[] result = Row.absent(grid.count());
    long[] times = series.timestamps();
    int next = 0;
    for (int step = 0; step < result.length; step++) {
      long now = Ranges.when(selector.at(), selector.offset(), grid.time(step));
      while (next < times.length && times[next] <= now) {
        next++;
      }
      int newest = next - 1;
      if (newest >= 0
          && times[newest] > now - lookback
          && !Sample.isStale(series.values()[newest])) {
        result[step] = wanted == Wanted.VALUE ? series.values()[newest] : times[newest] / 1000.0;
      }
    }
    return result;
  }

  Ranges ranges(Expr.RangeSelector range, Grid grid) {
    Expr.Selector selector = range.selector();
    List<Ranges.Track> tracks = new ArrayList<>();
    for (Series series : read(selector, range.range(), grid)) {
      tracks.add(withoutMarkers(series));
    }
    return new Ranges(tracks, range.range(), selector.at(), selector.offset());
  }

  private static Ranges.Track withoutMarkers(Series series) {
    int size = 0;
    for (double value : series.values()) {
      if (!Sample.isStale(value)) {
        size++;
      }
    }
    if (size == series.size()) {
      return new Ranges.Track(series.labels(), series.timestamps(), series.values(), size);
    }
    long[] times = new long[size];
    double[] values = new double[size];
    int at = 0;
    for (int i = 0; i < series.size(); i++) {
      if (!Sample.isStale(series.values()[i])) {
        times[at] = series.timestamps()[i];
        values[at++] = series.values()[i];
      }
    }
    return new Ranges.Track(series.labels(), times, values, size);
  }

  /// @param back how far before each step samples matter, left-open
  private List<Series> read(Expr.Selector selector, long back, Grid grid) {
    long first = Ranges.when(selector.at(), selector.offset(), grid.start());
    long last = Ranges.when(selector.at(), selector.offset(), grid.last());
    budget.check();
    List<Series> all = source.select(selector.matchers(), first - back + 1, last);
    for (Series series : all) {
      budget.hold(series.size());
    }
    return all;
  }
}
