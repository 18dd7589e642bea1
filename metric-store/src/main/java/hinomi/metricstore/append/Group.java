package hinomi.metricstore.append;

import hinomi.metricstore.head.Head;
import hinomi.metricstore.head.HeadSeries;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/// The samples that one sync makes durable, from any number of batches. One thread.
final class Group implements Head.Group {
  private final long number;
  private final List<HeadSeries> unnamed = new ArrayList<>();
  private HeadSeries[] series;
  private long[] timestamps;
  private long[] bits;
  private int size;
  private final Map<Place, Long> places = new HashMap<>();
  private int placed;

  /// @param number of this group, used once
  Group(long number, int expected) {
    this.number = number;
    this.series = new HeadSeries[Math.max(16, expected)];
    this.timestamps = new long[series.length];
    this.bits = new long[series.length];
  }

  private record Place(int series, long timestamp) {}

  long number() {
    return number;
  }

  void add(HeadSeries to, long timestamp, long value) {
    if (size == series.length) {
      series = Arrays.copyOf(series, size * 2);
      timestamps = Arrays.copyOf(timestamps, size * 2);
      bits = Arrays.copyOf(bits, size * 2);
    }
    series[size] = to;
    timestamps[size] = timestamp;
    bits[size++] = value;
    if (to.claim(number, timestamp, value) && to.named() == 0) {
      unnamed.add(to);
    }
  }

  /// The raw bits of a value that this group holds; only late samples ask, so what answers them is
  /// built when the first one does.
  OptionalLong bitsAt(HeadSeries of, long timestamp) {
    for (; placed < size; placed++) {
      places.put(new Place(series[placed].number(), timestamps[placed]), bits[placed]);
    }
    Long found = places.get(new Place(of.number(), timestamp));
    return found == null ? OptionalLong.empty() : OptionalLong.of(found);
  }

  /// The series that the log does not know yet.
  List<HeadSeries> unnamed() {
    return unnamed;
  }

  int size() {
    return size;
  }

  @Override
  public void each(Head.Taker taker) {
    for (int i = 0; i < size; i++) {
      taker.take(series[i], timestamps[i], bits[i]);
    }
  }
}
