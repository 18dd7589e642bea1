package hinomi.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/// Samples of one series, many together: each entry stands for the numbers after some time up to
/// its end (left-open), be it a bucket of hours or a single sample. Entries are in time order and
/// do not overlap. Numbers and native histograms stand side by side, each in entries of their own.
/// Only the columns that were asked for are filled. Made to be used again, as [Points]. One thread.
public final class Rolled {
  /// What is known of the samples of an entry. Staleness markers are no samples.
  public enum Column {
    /// The smallest; NaN only when there is nothing else. So is the largest.
    MIN(0),
    MAX(1),
    SUM(2),
    COUNT(3),
    /// The earliest, and when it was, milliseconds since the epoch.
    FIRST(4),
    FIRST_TIME(5),
    /// The latest, and when it was.
    LAST(6),
    LAST_TIME(7),
    /// The sum of what stood before each fall: how much more than `LAST − FIRST` a counter that
    /// begins anew at each fall has risen within.
    LOST(8);

    private final int place;

    Column(int place) {
      this.place = place;
    }

    /// A small number of its own, from 0 on without gaps.
    public int place() {
      return place;
    }
  }

  private final Set<Column> columns;
  private final Set<RolledHistogram.Part> parts;
  private final List<RolledHistogram> histograms = new ArrayList<>(0);
  private final double[][] values = new double[Column.values().length][0];
  private long[] ends = {};
  private int size;

  public Rolled(Set<Column> columns) {
    this.columns = columns.isEmpty() ? EnumSet.noneOf(Column.class) : EnumSet.copyOf(columns);
    this.parts = RolledHistogram.Part.of(this.columns);
  }

  /// The columns that are filled.
  public Set<Column> columns() {
    return columns;
  }

  /// The parts of histograms that are filled.
  public Set<RolledHistogram.Part> parts() {
    return parts;
  }

  public void clear() {
    size = 0;
    histograms.clear();
  }

  /// The number of entries of numbers; those of histograms are counted apart.
  public int size() {
    return size;
  }

  /// Up to when entry `i` reaches, milliseconds since the epoch.
  public long end(int i) {
    return ends[i];
  }

  public double value(Column column, int i) {
    return values[column.place][i];
  }

  /// Adds an entry, whose columns are to be [#set].
  public int add(long end) {
    if (size == ends.length) {
      int larger = Math.max(16, size * 2);
      ends = Arrays.copyOf(ends, larger);
      for (Column column : columns) {
        values[column.place] = Arrays.copyOf(values[column.place], larger);
      }
    }
    ends[size] = end;
    return size++;
  }

  public void set(Column column, int i, double value) {
    values[column.place][i] = value;
  }

  /// Adds a single sample.
  public void add(long timestamp, double value) {
    int i = add(timestamp);
    for (Column column : columns) {
      values[column.place][i] =
          switch (column) {
            case MIN, MAX, SUM, FIRST, LAST -> value;
            case COUNT -> 1;
            case FIRST_TIME, LAST_TIME -> timestamp;
            case LOST -> 0;
          };
    }
  }

  public int histogramCount() {
    return histograms.size();
  }

  public RolledHistogram histogram(int i) {
    return histograms.get(i);
  }

  /// Adds an entry of histograms.
  public void add(RolledHistogram histogram) {
    histograms.add(histogram);
  }

  /// Adds single samples, staleness markers left out.
  public void addAll(Points points) {
    for (int i = 0; i < points.size(); i++) {
      if (!Sample.isStale(points.value(i))) {
        add(points.timestamp(i), points.value(i));
      }
    }
    for (int i = 0; i < points.histogramCount(); i++) {
      if (!points.histogram(i).isStale()) {
        add(RolledHistogram.of(points.histogramTimestamp(i), points.histogram(i), parts));
      }
    }
  }
}
