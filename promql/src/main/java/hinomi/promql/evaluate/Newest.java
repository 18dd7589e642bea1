package hinomi.promql.evaluate;

import hinomi.model.Labels;
import hinomi.model.Points;
import hinomi.model.Sample;
import hinomi.model.StoredSeries;
import org.jspecify.annotations.Nullable;

/// What an instant selector sees of its series: at each step the newest sample in the range of the
/// lookback, unless that is a staleness marker.
final class Newest extends Supply {
  private final Ranges ranges;
  private final Wanted wanted;
  private final Budget budget;
  private final long @Nullable [] reaches;

  /// What the newest sample is asked for.
  enum Wanted {
    VALUE,
    /// Its timestamp, in seconds; the metric's name goes.
    SECONDS,
    /// Since when it counts, in seconds, 0 where that is not known; the metric's name goes.
    START
  }

  Newest(Ranges ranges, Wanted wanted, Budget budget) {
    this(ranges, wanted, budget, null);
  }

  /// @param reaches by step, how far back it looks, if not over all of the range
  Newest(Ranges ranges, Wanted wanted, Budget budget, long @Nullable [] reaches) {
    this.reaches = reaches;
    this.ranges = ranges;
    this.wanted = wanted;
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
    return wanted != Wanted.VALUE;
  }

  @Override
  boolean isFull() {
    return true;
  }

  @Override
  long cost() {
    return ranges.cost();
  }

  @Override
  Maker maker(Notes notes) {
    Points points = new Points(0);
    Places places = new Places(ranges.steps());
    return (i, into) -> {
      StoredSeries series = ranges.series().get(i);
      long held = budget.read(series, points);
      boolean any =
          points.histogramCount() == 0 ? numbers(points, places, into) : mixed(points, into);
      budget.release(held);
      return any;
    };
  }

  private long reach(int step) {
    return reaches == null ? ranges.steps().length() : reaches[step];
  }

  private boolean isReached(long time, int step) {
    return reaches == null || time > ranges.steps().end(step) - reaches[step];
  }

  private boolean numbers(Points points, Places places, RowBuffer into) {
    places.find(points.timestamps(), points.size());
    int[] from = places.from();
    int[] to = places.to();
    long[] times = points.timestamps();
    double[] values = points.values();
    double[] result = into.values();
    int present = 0;
    for (int step = 0; step < result.length; step++) {
      int newest = to[step] - 1;
      if (newest >= from[step]
          && !Sample.isStale(values[newest])
          && isReached(times[newest], step)) {
        result[step] =
            switch (wanted) {
              case VALUE -> values[newest];
              case SECONDS -> times[newest] / 1000.0;
              case START -> points.start(newest) / 1000.0;
            };
        present++;
      } else {
        result[step] = Row.ABSENT;
      }
    }
    return into.done(present);
  }

  /// A series that has histograms: the newer sample of both kinds counts.
  private boolean mixed(Points points, RowBuffer into) {
    into.clear();
    int number = 0;
    int histogram = 0;
    for (int step = 0; step < into.steps(); step++) {
      long now = ranges.steps().end(step);
      while (number < points.size() && points.timestamp(number) <= now) {
        number++;
      }
      while (histogram < points.histogramCount() && points.histogramTimestamp(histogram) <= now) {
        histogram++;
      }
      long oldest = now - reach(step);
      long numberAt = number > 0 ? points.timestamp(number - 1) : Long.MIN_VALUE;
      long histogramAt = histogram > 0 ? points.histogramTimestamp(histogram - 1) : Long.MIN_VALUE;
      boolean isNumber = numberAt > histogramAt;
      boolean stale =
          isNumber
              ? Sample.isStale(points.value(number - 1))
              : histogram == 0 || points.histogram(histogram - 1).isStale();
      if (stale || Math.max(numberAt, histogramAt) <= oldest) {
        continue;
      }
      if (wanted == Wanted.SECONDS) {
        into.set(step, Math.max(numberAt, histogramAt) / 1000.0);
      } else if (wanted == Wanted.START) {
        long start = isNumber ? points.start(number - 1) : points.histogramStart(histogram - 1);
        into.set(step, start / 1000.0);
      } else if (isNumber) {
        into.set(step, points.value(number - 1));
      } else {
        into.set(step, points.histogram(histogram - 1));
      }
    }
    return into.doneMixed();
  }
}
