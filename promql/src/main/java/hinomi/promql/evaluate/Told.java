package hinomi.promql.evaluate;

import hinomi.model.Histogram;
import hinomi.model.Labels;
import hinomi.model.Points;
import hinomi.model.StoredSeries;
import hinomi.model.histogram.Resets;
import org.jspecify.annotations.Nullable;

/// A series whose histograms all tell, but for the first, whether they begin a new count: what the
/// store does not know is found out by comparing neighbours.
record Told(StoredSeries series) implements StoredSeries {
  /// How selectors treat what is not known of a histogram's past.
  enum Hints {
    /// As the store gives it.
    STORED,
    /// For what looks at counts and sums alone, and could not find out later.
    FOUND_OUT,
    /// As the store gives it, whatever is asked for inside.
    STORED_THROUGHOUT
  }

  @Override
  public Labels labels() {
    return series.labels();
  }

  @Override
  public int size() {
    return series.size();
  }

  @Override
  public int expected() {
    return series.expected();
  }

  @Override
  public void read(Points into) {
    Points points = new Points(series.size());
    series.read(points);
    for (int i = 0; i < points.size(); i++) {
      into.add(points.timestamp(i), points.value(i));
      into.startedAt(points.start(i));
    }
    Histogram before = null;
    for (int i = 0; i < points.histogramCount(); i++) {
      Histogram now = points.histogram(i);
      into.add(points.histogramTimestamp(i), told(before, now));
      into.histogramStartedAt(points.histogramStart(i));
      before = now.isStale() ? before : now;
    }
  }

  private static Histogram told(@Nullable Histogram before, Histogram now) {
    if (before == null || now.isStale() || now.reset() != Histogram.Reset.UNKNOWN) {
      return now;
    }
    return now.with(
        Resets.isBetween(before, now) ? Histogram.Reset.RESET : Histogram.Reset.NOT_RESET);
  }
}
