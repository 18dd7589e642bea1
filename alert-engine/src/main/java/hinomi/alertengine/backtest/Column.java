package hinomi.alertengine.backtest;

import hinomi.model.Histogram;
import hinomi.model.Labels;
import hinomi.model.Points;
import hinomi.model.StoredSeries;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// One series that a replay's rules write: grows at its end, and is forgotten from its beginning.
final class Column {
  private final Labels labels;
  private long[] timestamps = new long[16];
  private double[] values = new double[16];
  private int begin;
  private int end;
  private List<Native> natives = List.of();
  private long last = Long.MIN_VALUE;

  /// A histogram at its time.
  private record Native(long timestamp, Histogram value) {}

  Column(Labels labels) {
    this.labels = labels;
  }

  /// Of two samples at one time the first counts, as a store has it.
  ///
  /// @param oldest what is older is not read any more
  /// @return how many samples more there are now
  int add(long timestamp, double value, long oldest) {
    if (timestamp <= last) {
      return 0;
    }
    last = timestamp;
    int size = end - begin;
    while (begin < end && timestamps[begin] < oldest) {
      begin++;
    }
    if (end == timestamps.length) {
      int kept = end - begin;
      int room = Math.max(16, kept * 2);
      timestamps = Arrays.copyOf(Arrays.copyOfRange(timestamps, begin, end), room);
      values = Arrays.copyOf(Arrays.copyOfRange(values, begin, end), room);
      begin = 0;
      end = kept;
    }
    timestamps[end] = timestamp;
    values[end++] = value;
    return end - begin - size;
  }

  /// Likewise.
  int add(long timestamp, Histogram value, long oldest) {
    if (timestamp <= last) {
      return 0;
    }
    last = timestamp;
    int size = natives.size();
    // Who reads holds on to what there was: as seldom as the whole has doubled it is copied.
    int stale = first(natives, oldest);
    if (natives.isEmpty() || stale * 2 > size) {
      natives = new ArrayList<>(natives.subList(stale, size));
    }
    natives.add(new Native(timestamp, value));
    return natives.size() - size;
  }

  private static int first(List<Native> natives, long time) {
    int low = 0;
    int high = natives.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (natives.get(middle).timestamp() < time) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  private int first(long time) {
    int found = Arrays.binarySearch(timestamps, begin, end, time);
    return found < 0 ? -found - 1 : found;
  }

  /// @param to included
  StoredSeries between(long from, long to) {
    return new Stretch(this, from, to);
  }

  /// A time range, as it is now.
  private static final class Stretch implements StoredSeries {
    private final Labels labels;
    private final long[] timestamps;
    private final double[] values;
    private final int from;
    private final int to;
    private final List<Native> natives;

    Stretch(Column column, long fromMillis, long toMillis) {
      labels = column.labels;
      timestamps = column.timestamps;
      values = column.values;
      from = column.first(fromMillis);
      to = column.first(toMillis + 1);
      natives =
          List.copyOf(
              column.natives.subList(
                  first(column.natives, fromMillis), first(column.natives, toMillis + 1)));
    }

    @Override
    public Labels labels() {
      return labels;
    }

    @Override
    public int size() {
      return to - from + natives.size();
    }

    @Override
    public void read(Points into) {
      for (int i = from; i < to; i++) {
        into.add(timestamps[i], values[i]);
      }
      natives.forEach(each -> into.add(each.timestamp(), each.value()));
    }
  }
}
