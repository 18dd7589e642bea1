package hinomi.promql.evaluate;

import hinomi.model.Rolled;
import hinomi.model.Rolled.Column;
import hinomi.model.RolledHistogram;
import hinomi.model.histogram.Run;
import java.util.Arrays;

/// The entries of one series in a range that ends at an evaluation time: the counterpart of
/// [Window]. Moves from step to step over the same entries, and from series to series. One thread.
final class RolledWindow {
  private static final byte UNKNOWN = 0;
  private static final byte ANEW = 1;
  private static final byte ON = 2;

  private final Rolled entries;
  private int from;
  private int to;
  private int histogramsFrom;
  private int histogramsTo;
  private long start;
  private long end;
  // Neighbours lie in the windows of many steps; whether they count on is found out once.
  private byte[] anew = {};

  /// @param entries of one series after the other, each told with [#begin]
  RolledWindow(Rolled entries) {
    this.entries = entries;
  }

  /// Goes over to what the entries hold now.
  void begin() {
    from = 0;
    to = 0;
    histogramsFrom = 0;
    histogramsTo = 0;
    if (anew.length < entries.histogramCount()) {
      anew = new byte[entries.histogramCount()];
    } else {
      Arrays.fill(anew, UNKNOWN);
    }
  }

  /// Moves on to a range, milliseconds since the epoch, no earlier than the one before.
  ///
  /// @param newStart excluded
  void place(long newStart, long newEnd) {
    start = newStart;
    end = newEnd;
    while (from < entries.size() && entries.end(from) <= start) {
      from++;
    }
    to = Math.max(from, to);
    while (to < entries.size() && entries.end(to) <= end) {
      to++;
    }
    int count = entries.histogramCount();
    while (histogramsFrom < count && entries.histogram(histogramsFrom).end() <= start) {
      histogramsFrom++;
    }
    histogramsTo = Math.max(histogramsFrom, histogramsTo);
    while (histogramsTo < count && entries.histogram(histogramsTo).end() <= end) {
      histogramsTo++;
    }
  }

  boolean hasNumbers() {
    return from < to;
  }

  /// Index of the first entry of numbers in the range.
  int from() {
    return from;
  }

  /// Index behind the last one.
  int to() {
    return to;
  }

  double value(Column column, int i) {
    return entries.value(column, i);
  }

  boolean hasHistograms() {
    return histogramsFrom < histogramsTo;
  }

  int histogramEntries() {
    return histogramsTo - histogramsFrom;
  }

  RolledHistogram firstHistogram() {
    return entries.histogram(histogramsFrom);
  }

  RolledHistogram lastHistogram() {
    return entries.histogram(histogramsTo - 1);
  }

  /// How many histograms they are.
  double histogramCount() {
    double count = 0;
    for (int i = histogramsFrom; i < histogramsTo; i++) {
      count += entries.histogram(i).count();
    }
    return count;
  }

  /// All histograms in the range taken together.
  RolledHistogram histograms() {
    Run run = new Run(entries.parts());
    for (int i = histogramsFrom; i < histogramsTo; i++) {
      run.add(entries.histogram(i), i > histogramsFrom && isAnew(i));
    }
    return run.at(end);
  }

  private boolean isAnew(int i) {
    if (anew[i] == UNKNOWN) {
      anew[i] = Run.isAnew(entries.histogram(i - 1), entries.histogram(i)) ? ANEW : ON;
    }
    return anew[i] == ANEW;
  }

  /// How samples lie in the range.
  Shape.Gaps gaps(long first, long last) {
    return new Shape.Gaps(first - start, last - first, end - last);
  }
}
