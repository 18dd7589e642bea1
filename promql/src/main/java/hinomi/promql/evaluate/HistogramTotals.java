package hinomi.promql.evaluate;

import hinomi.model.Histogram;
import hinomi.model.histogram.Total;
import hinomi.promql.evaluate.HistogramNotes.Doing;
import hinomi.promql.parse.Span;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The histograms of one group in an aggregation, totalled at each step. One thread at a time.
final class HistogramTotals {
  private final Function<Histogram, Total> begin;
  private final @Nullable Total[] totals;
  // The metric of the first histogram, and of one that does not fit to those before it.
  private final @Nullable String[] metrics;
  private final @Nullable String[] misfits;

  /// @param begin makes a total of the first histogram
  HistogramTotals(Function<Histogram, Total> begin, int steps) {
    this.begin = begin;
    this.totals = new @Nullable Total[steps];
    this.metrics = new @Nullable String[steps];
    this.misfits = new @Nullable String[steps];
  }

  /// @param metric of the series that the histogram is of
  void add(int step, Histogram histogram, String metric) {
    Total total = totals[step];
    if (total == null) {
      totals[step] = begin.apply(histogram);
      metrics[step] = metric;
    } else if (misfits[step] == null && !total.add(histogram)) {
      misfits[step] = metric;
    }
  }

  void merge(HistogramTotals other) {
    for (int step = 0; step < totals.length; step++) {
      Total mine = totals[step];
      Total more = other.totals[step];
      if (mine == null) {
        totals[step] = more;
        metrics[step] = other.metrics[step];
        misfits[step] = other.misfits[step];
      } else if (more != null && misfits[step] == null) {
        boolean fits = other.misfits[step] == null && mine.merge(more);
        misfits[step] = fits ? null : other.metrics[step];
      }
    }
  }

  /// Whether there is any histogram at a step.
  boolean isAt(int step) {
    return totals[step] != null;
  }

  /// The total at a step, unless the histograms there have none.
  ///
  /// @param span of what is aggregated
  @Nullable Histogram result(int step, HistogramNotes notes, Span span) {
    Total total = totals[step];
    String misfit = misfits[step];
    if (misfit != null) {
      notes.mixedBounds(misfit, span);
      return null;
    }
    if (total == null) {
      return null;
    }
    notes.of(total, Doing.AGGREGATION, span);
    return total.histogram();
  }
}
