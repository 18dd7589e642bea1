package hinomi.promql.memory;

import hinomi.model.Histogram;
import hinomi.model.Labels;
import hinomi.model.Points;
import hinomi.model.StoredSeries;
import hinomi.model.histogram.Resets;
import java.util.Arrays;
import java.util.function.IntToLongFunction;

/// The samples of one series.
final class Column {
  private final Labels labels;
  private final Points points = new Points(8);

  Column(Labels labels) {
    this.labels = labels;
  }

  MemorySeries.Taken add(long timestamp, double value, long start) {
    int last = points.size() - 1;
    if (last >= 0 && points.timestamp(last) == timestamp) {
      boolean same =
          Double.doubleToRawLongBits(points.value(last)) == Double.doubleToRawLongBits(value);
      return same ? MemorySeries.Taken.YES : MemorySeries.Taken.DUPLICATE;
    }
    MemorySeries.Taken taken = place(timestamp);
    if (taken == MemorySeries.Taken.YES) {
      points.add(timestamp, value);
      points.startedAt(start);
    }
    return taken;
  }

  MemorySeries.Taken add(long timestamp, Histogram value, long start) {
    int last = points.histogramCount() - 1;
    if (last >= 0 && points.histogramTimestamp(last) == timestamp) {
      Histogram there = points.histogram(last);
      return there.equals(value) || there.equals(value.with(there.reset()))
          ? MemorySeries.Taken.YES
          : MemorySeries.Taken.DUPLICATE;
    }
    MemorySeries.Taken taken = place(timestamp);
    if (taken == MemorySeries.Taken.YES) {
      points.add(timestamp, continues(value) ? value.with(Histogram.Reset.NOT_RESET) : value);
      points.histogramStartedAt(start);
    }
    return taken;
  }

  /// Whether there is room at the end for a sample of that time.
  private MemorySeries.Taken place(long timestamp) {
    long newest = newest();
    if (timestamp > newest) {
      return MemorySeries.Taken.YES;
    }
    return timestamp == newest ? MemorySeries.Taken.DUPLICATE : MemorySeries.Taken.OUT_OF_ORDER;
  }

  private long newest() {
    return Math.max(newestNumber(), newestHistogram());
  }

  private long newestNumber() {
    return points.size() == 0 ? Long.MIN_VALUE : points.timestamp(points.size() - 1);
  }

  private long newestHistogram() {
    int count = points.histogramCount();
    return count == 0 ? Long.MIN_VALUE : points.histogramTimestamp(count - 1);
  }

  /// Whether a store that keeps like histograms together knows that one counts on from the last.
  private boolean continues(Histogram now) {
    if (now.reset() != Histogram.Reset.UNKNOWN
        || points.histogramCount() == 0
        || newestNumber() > newestHistogram()) {
      return false;
    }
    Histogram before = points.histogram(points.histogramCount() - 1);
    return before.reset() != Histogram.Reset.GAUGE
        && before.schema() == now.schema()
        && before.zeroThreshold() == now.zeroThreshold()
        && Arrays.equals(before.bounds(), now.bounds())
        && !Resets.isBetween(before, now);
  }

  StoredSeries between(long from, long to) {
    return new Part(
        labels,
        points,
        first(points.size(), points::timestamp, from),
        first(points.size(), points::timestamp, to + 1),
        first(points.histogramCount(), points::histogramTimestamp, from),
        first(points.histogramCount(), points::histogramTimestamp, to + 1));
  }

  /// The first index whose time is not before another.
  private static int first(int size, IntToLongFunction times, long from) {
    int low = 0;
    int high = size;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (times.applyAsLong(middle) < from) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /// The numbers from an index on up to another, and the histograms likewise.
  private record Part(
      Labels labels, Points points, int from, int to, int histogramsFrom, int histogramsTo)
      implements StoredSeries {
    @Override
    public int size() {
      return to - from + histogramsTo - histogramsFrom;
    }

    @Override
    public void read(Points into) {
      for (int i = from; i < to; i++) {
        into.add(points.timestamp(i), points.value(i));
        into.startedAt(points.start(i));
      }
      for (int i = histogramsFrom; i < histogramsTo; i++) {
        into.add(points.histogramTimestamp(i), points.histogram(i));
        into.histogramStartedAt(points.histogramStart(i));
      }
    }
  }
}
