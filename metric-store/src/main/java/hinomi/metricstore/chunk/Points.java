package hinomi.metricstore.chunk;

import java.util.Arrays;

/// Timestamps and values side by side, growing at the end: what a query reads into. One thread.
public final class Points {
  private long[] timestamps;
  private double[] values;
  private int size;

  public Points(int expected) {
    timestamps = new long[expected];
    values = new double[expected];
  }

  public void add(long timestamp, double value) {
    if (size == timestamps.length) {
      int larger = Math.max(16, size * 2);
      timestamps = Arrays.copyOf(timestamps, larger);
      values = Arrays.copyOf(values, larger);
    }
    timestamps[size] = timestamp;
    values[size++] = value;
  }

  public int size() {
    return size;
  }

  public boolean isEmpty() {
    return size == 0;
  }

  public long timestamp(int i) {
    return timestamps[i];
  }

  public double value(int i) {
    return values[i];
  }

  /// The timestamps, not longer than there are any.
  public long[] timestamps() {
    return size == timestamps.length ? timestamps : Arrays.copyOf(timestamps, size);
  }

  public double[] values() {
    return size == values.length ? values : Arrays.copyOf(values, size);
  }

  /// Both in time order; where both have a timestamp, the sample of `a` stands.
  public static Points merge(Points a, Points b) {
    if (b.isEmpty()) {
      return a;
    }
    if (a.isEmpty()) {
      return b;
    }
    Points merged = new Points(a.size + b.size);
    int i = 0;
    int j = 0;
    while (i < a.size && j < b.size) {
      if (a.timestamps[i] <= b.timestamps[j]) {
        if (a.timestamps[i] == b.timestamps[j]) {
          j++;
        }
        merged.add(a.timestamps[i], a.values[i++]);
      } else {
        merged.add(b.timestamps[j], b.values[j++]);
      }
    }
    for (; i < a.size; i++) {
      merged.add(a.timestamps[i], a.values[i]);
    }
    for (; j < b.size; j++) {
      merged.add(b.timestamps[j], b.values[j]);
    }
    return merged;
  }
}
