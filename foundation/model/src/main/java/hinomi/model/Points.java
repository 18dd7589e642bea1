package hinomi.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Samples of one series side by side, growing at the end: what a store unpacks into and a query
/// computes from. Made to be used again ([#clear]), so that a query over many series allocates
/// once. Numbers and histograms are two columns, each in time order with strictly rising timestamps
/// (milliseconds since the epoch). One thread.
public final class Points {
  private long[] timestamps;
  private double[] values;
  private int size;
  private long[] histogramTimestamps = {};
  private final List<Histogram> histograms = new ArrayList<>(0);

  public Points(int expected) {
    timestamps = new long[expected];
    values = new double[expected];
  }

  public void clear() {
    size = 0;
    histograms.clear();
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
    size = newSize;
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
