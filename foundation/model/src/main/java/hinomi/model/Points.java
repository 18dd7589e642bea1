package hinomi.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Samples of one series side by side, growing at the end: what a store unpacks into and a query
/// computes from. Made to be used again ([#clear]), so that a query over many series allocates
/// once. Numbers and histograms are two columns, each in time order with strictly rising timestamps
/// (milliseconds since the epoch). Where it is known since when a sample counts, its start
/// timestamp stands in a third column, which takes neither room nor time where none is known. One
/// thread.
public final class Points {
  private static final long[] NO_STARTS = {};

  private long[] timestamps;
  private double[] values;
  private int size;
  private long[] histogramTimestamps = {};
  private final List<Histogram> histograms = new ArrayList<>(0);
  // Zero where none is known, also behind the end; may be shorter than the samples.
  private long[] starts = NO_STARTS;
  private long[] histogramStarts = NO_STARTS;

  public Points(int expected) {
    timestamps = new long[expected];
    values = new double[expected];
  }

  public void clear() {
    size = 0;
    histograms.clear();
    starts = NO_STARTS;
    histogramStarts = NO_STARTS;
  }

  public void add(long timestamp, double value) {
    reserve(1);
    timestamps[size] = timestamp;
    values[size++] = value;
  }

  public void add(long timestamp, Histogram histogram) {
    int at = histograms.size();
    if (at == histogramTimestamps.length) {
      histogramTimestamps = Arrays.copyOf(histogramTimestamps, Math.max(16, at * 2));
    }
    histogramTimestamps[at] = timestamp;
    histograms.add(histogram);
  }

  /// Says since when the number added last counts (remote write 2.0, `start_timestamp`); 0 says
  /// nothing.
  public void startedAt(long start) {
    startedAt(size - 1, start);
  }

  /// As [#startedAt(long)], of number `i`.
  public void startedAt(int i, long start) {
    starts = with(starts, i, start, timestamps.length);
  }

  /// Likewise of the histogram added last.
  public void histogramStartedAt(long start) {
    histogramStartedAt(histograms.size() - 1, start);
  }

  /// Likewise of histogram `i`.
  public void histogramStartedAt(int i, long start) {
    histogramStarts = with(histogramStarts, i, start, histogramTimestamps.length);
  }

  private static long[] with(long[] starts, int i, long start, int room) {
    if (start == 0) {
      return starts;
    }
    long[] roomy = i < starts.length ? starts : Arrays.copyOf(starts, room);
    roomy[i] = start;
    return roomy;
  }

  /// Whether any sample tells since when it counts.
  public boolean hasStarts() {
    return starts.length > 0 || histogramStarts.length > 0;
  }

  /// Since when number `i` counts, milliseconds since the epoch; 0 where that is not known.
  public long start(int i) {
    return i < starts.length ? starts[i] : 0;
  }

  /// Likewise histogram `i`.
  public long histogramStart(int i) {
    return i < histogramStarts.length ? histogramStarts[i] : 0;
  }

  /// Makes room for so many more numbers in [#timestamps] and [#values], to be written from [#size]
  /// on and then taken in with [#grow]: a decoder's way.
  public void reserve(int more) {
    if (size + more > timestamps.length) {
      int larger = Math.max(Math.max(16, size + more), size * 2);
      timestamps = Arrays.copyOf(timestamps, larger);
      values = Arrays.copyOf(values, larger);
    }
  }

  /// Takes in what was written behind the end.
  public void grow(int more) {
    size += more;
  }

  /// Forgets all numbers from an index on.
  public void cut(int newSize) {
    if (newSize < starts.length) {
      Arrays.fill(starts, newSize, starts.length, 0);
    }
    size = newSize;
  }

  /// Forgets all histograms from an index on.
  public void cutHistograms(int newSize) {
    if (newSize < histogramStarts.length) {
      Arrays.fill(histogramStarts, newSize, histogramStarts.length, 0);
    }
    histograms.subList(newSize, histograms.size()).clear();
  }

  /// The number of numbers; histograms are counted apart.
  public int size() {
    return size;
  }

  public boolean isEmpty() {
    return size == 0 && histograms.isEmpty();
  }

  public long timestamp(int i) {
    return timestamps[i];
  }

  public double value(int i) {
    return values[i];
  }

  /// The array itself: only the first [#size] elements count, and the next growth replaces it.
  public long[] timestamps() {
    return timestamps;
  }

  /// As [#timestamps].
  public double[] values() {
    return values;
  }

  public int histogramCount() {
    return histograms.size();
  }

  public long histogramTimestamp(int i) {
    return histogramTimestamps[i];
  }

  public Histogram histogram(int i) {
    return histograms.get(i);
  }
}
