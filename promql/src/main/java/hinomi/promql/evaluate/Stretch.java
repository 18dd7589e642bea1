package hinomi.promql.evaluate;

import hinomi.model.Histogram;
import hinomi.model.Labels;
import hinomi.model.Points;
import hinomi.model.StoredSeries;

/// A row seen as a series: what a subquery looks at.
record Stretch(Row row, Grid grid) implements StoredSeries {
  @Override
  public Labels labels() {
    return row.labels();
  }

  @Override
  public int size() {
    return grid.count();
  }

  @Override
  public void read(Points into) {
    into.reserve(grid.count());
    for (int step = 0; step < grid.count(); step++) {
      double value = row.values()[step];
      Histogram histogram = row.histogram(step);
      if (Row.isPresent(value)) {
        into.add(grid.time(step), value);
      } else if (histogram != null) {
        into.add(grid.time(step), unhinted(histogram));
      }
    }
  }

  /// A subquery may leave out the sample that began a new count, or give it several times: what it
  /// says of itself must not be believed.
  private static Histogram unhinted(Histogram histogram) {
    return histogram.reset() == Histogram.Reset.GAUGE
        ? histogram
        : histogram.with(Histogram.Reset.UNKNOWN);
  }
}
