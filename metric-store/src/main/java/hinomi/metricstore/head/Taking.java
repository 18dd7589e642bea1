package hinomi.metricstore.head;

import hinomi.model.Histogram;

/// Puts samples into their series, with what they tell of since when they count. Groups in which no
/// sample tells that pay nothing for it as long as no series in memory has it. The committing
/// thread alone, under the head's write lock where anybody reads.
final class Taking {
  private final SeriesNumbers numbers;
  private final long span;

  /// Whether some series in memory may have start timestamps: then samples that tell none matter
  /// too.
  private boolean starts;

  private long first;
  private long last;

  /// @param span milliseconds of a block
  Taking(SeriesNumbers numbers, long span) {
    this.numbers = numbers;
    this.span = span;
  }

  /// Takes what was admitted; [#first] and [#last] then tell when it was.
  void take(Admitted group) {
    first = Long.MAX_VALUE;
    last = Long.MIN_VALUE;
    starts |= group.hasStarts();
    if (starts) {
      takeWithStarts(group);
    } else {
      takeNumbers(group);
    }
    for (Admitted.OfHistogram one : group.histograms()) {
      takeHistogram(one.series(), one.timestamp(), one.value(), one.start());
      reach(one.timestamp());
    }
  }

  private void takeNumbers(Admitted group) {
    long earliest = first;
    long latest = last;
    for (int i = 0; i < group.size(); i++) {
      int number = group.number(i);
      long timestamp = group.timestamp(i);
      page(number).take(number, timestamp, group.bits(i), span);
      earliest = Math.min(earliest, timestamp);
      latest = Math.max(latest, timestamp);
    }
    first = earliest;
    last = latest;
  }

  private void takeWithStarts(Admitted group) {
    for (int i = 0; i < group.size(); i++) {
      int number = group.number(i);
      long timestamp = group.timestamp(i);
      SeriesPage page = page(number);
      HeadSeries series = page.series(number);
      if (series == null) {
        throw gone();
      }
      series.takeStart(timestamp, group.start(i));
      page.take(number, timestamp, group.bits(i), span);
      reach(timestamp);
    }
  }

  private SeriesPage page(int number) {
    SeriesPage page = numbers.page(number);
    if (page == null) {
      throw gone();
    }
    return page;
  }

  private static IllegalStateException gone() {
    return new IllegalStateException("BUG: a sample for a series that is gone");
  }

  private void reach(long timestamp) {
    first = Math.min(first, timestamp);
    last = Math.max(last, timestamp);
  }

  private void takeHistogram(HeadSeries series, long timestamp, Histogram value, long start) {
    takeStart(series, timestamp, start);
    series.takeHistogram(timestamp, value, span);
  }

  private void takeStart(HeadSeries series, long timestamp, long start) {
    starts |= start != 0;
    if (starts) {
      series.takeStart(timestamp, start);
    }
  }

  /// Timestamp of the earliest sample of what was taken last; `Long.MAX_VALUE` when there was none.
  long first() {
    return first;
  }

  /// Timestamp of the latest; `Long.MIN_VALUE` when there was none.
  long last() {
    return last;
  }

  // For replay. What stands in the log and in a snapshot is the same sample twice.

  void restore(HeadSeries series, Replayed sample) {
    long timestamp = sample.timestamp();
    if (timestamp > series.newest() || series.bitsAt(timestamp).isEmpty()) {
      takeStart(series, timestamp, sample.start());
      series.take(timestamp, sample.bits(), span);
    }
  }

  /// @param start since when it counts, milliseconds since the epoch; 0 where that is not told
  record Replayed(long timestamp, long bits, long start) {}

  void restore(HeadSeries series, long timestamp, Histogram value, long start) {
    if (series.histogramAt(timestamp) == null) {
      takeHistogram(series, timestamp, value, start);
    }
  }

  /// Whether some series in memory may have start timestamps.
  void setStarts(boolean any) {
    starts = any;
  }
}
