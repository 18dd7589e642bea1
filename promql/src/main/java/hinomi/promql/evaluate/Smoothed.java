package hinomi.promql.evaluate;

import hinomi.model.Histogram;
import hinomi.model.Labels;
import hinomi.model.Points;
import hinomi.model.StoredSeries;
import hinomi.promql.parse.Span;

/// What a `smoothed` instant selector sees of its series: at each step what stands on the line
/// between the samples before and behind it, both within the lookback; or the one before when none
/// is behind.
final class Smoothed extends Supply {
  private final Ranges ranges;
  private final long lookback;
  private final Span span;
  private final Budget budget;

  /// @param ranges from the lookback before each step to the lookback behind it
  /// @param span of the selector
  Smoothed(Ranges ranges, long lookback, Span span, Budget budget) {
    this.ranges = ranges;
    this.lookback = lookback;
    this.span = span;
    this.budget = budget;
  }

  @Override
  int size() {
    return ranges.series().size();
  }

  @Override
  Labels labels(int i) {
    return ranges.series().get(i).labels();
  }

  @Override
  boolean dropsMetric() {
    return false;
  }

  @Override
  long cost() {
    return ranges.cost();
  }

  @Override
  Maker maker(Notes notes) {
    Points points = new Points(0);
    Window window = new Window(ranges.steps(), budget);
    return (i, into) -> {
      StoredSeries series = ranges.series().get(i);
      long held = budget.read(series, points);
      window.load(points);
      into.clear();
      for (int step = 0; step < into.steps(); step++) {
        window.place(step);
        long time = window.end() - lookback;
        if (window.histogramCount() == 0) {
          into.set(step, at(window, time));
        } else {
          Histogram histogram =
              new HistogramReach(window, series.labels().metric(), span, notes).at(time);
          if (histogram != null) {
            into.set(step, histogram);
          }
        }
      }
      budget.release(held);
      return into.doneMixed();
    };
  }

  private static double at(Window window, long time) {
    int behind = 0;
    while (behind < window.count() && window.time(behind) < time) {
      behind++;
    }
    if (behind < window.count() && window.time(behind) == time) {
      return window.value(behind);
    }
    if (behind == 0) {
      return Row.ABSENT;
    }
    return behind == window.count()
        ? window.value(behind - 1)
        : Reaching.between(window, behind - 1, time, false);
  }
}
