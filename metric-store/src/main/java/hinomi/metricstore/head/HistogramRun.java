package hinomi.metricstore.head;

import hinomi.metricstore.chunk.Piece;
import hinomi.model.Histogram;
import hinomi.model.Points;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Native histograms of one series that came last, sorted by time. Immutable: a query keeps reading
/// what it took while others come in.
final class HistogramRun implements Piece {
  static final HistogramRun NONE = new HistogramRun(new long[0], new Histogram[0]);

  private final long[] timestamps;
  private final Histogram[] values;

  private HistogramRun(long[] timestamps, Histogram[] values) {
    this.timestamps = timestamps;
    this.values = values;
  }

  /// These and one more; the same if its timestamp is there already.
  HistogramRun with(long timestamp, Histogram value) {
    int found = Arrays.binarySearch(timestamps, timestamp);
    if (found >= 0) {
      return this;
    }
    int at = -found - 1;
    long[] longer = new long[timestamps.length + 1];
    Histogram[] more = Arrays.copyOf(values, values.length + 1);
    System.arraycopy(timestamps, 0, longer, 0, at);
    System.arraycopy(timestamps, at, longer, at + 1, timestamps.length - at);
    System.arraycopy(values, at, more, at + 1, values.length - at);
    longer[at] = timestamp;
    more[at] = value;
    return new HistogramRun(longer, more);
  }

  /// Those from one time to another, the latter excluded.
  HistogramRun between(long from, long end) {
    int first = index(from);
    int behind = index(end);
    return first == 0 && behind == timestamps.length
        ? this
        : new HistogramRun(
            Arrays.copyOfRange(timestamps, first, Math.max(first, behind)),
            Arrays.copyOfRange(values, first, Math.max(first, behind)));
  }

  private int index(long time) {
    int found = Arrays.binarySearch(timestamps, time);
    return found >= 0 ? found : -found - 1;
  }

  /// Those whose timestamps others do not have.
  HistogramRun without(HistogramRun others) {
    HistogramRun left = this;
    for (long timestamp : others.timestamps) {
      int at = Arrays.binarySearch(left.timestamps, timestamp);
      if (at >= 0) {
        List<Histogram> values = new ArrayList<>(List.of(left.values));
        values.remove(at);
        long[] shorter = new long[left.timestamps.length - 1];
        System.arraycopy(left.timestamps, 0, shorter, 0, at);
        System.arraycopy(left.timestamps, at + 1, shorter, at, shorter.length - at);
        left = new HistogramRun(shorter, values.toArray(Histogram[]::new));
      }
    }
    return left;
  }

  /// Cut so that none reaches over a multiple of the span.
  List<HistogramRun> cut(long span) {
    List<HistogramRun> parts = new ArrayList<>(1);
    for (int i = 0; i < timestamps.length; ) {
      long begin = Math.floorDiv(timestamps[i], span) * span;
      HistogramRun part = between(begin, begin + span);
      parts.add(part);
      i += part.count();
    }
    return parts;
  }

  @Nullable Histogram at(long timestamp) {
    int found = Arrays.binarySearch(timestamps, timestamp);
    return found >= 0 ? values[found] : null;
  }

  @Override
  public long first() {
    return timestamps.length == 0 ? Long.MAX_VALUE : timestamps[0];
  }

  @Override
  public long last() {
    return timestamps.length == 0 ? Long.MIN_VALUE : timestamps[timestamps.length - 1];
  }

  @Override
  public int count() {
    return timestamps.length;
  }

  @Override
  public void read(long from, long to, Points into) {
    for (int i = 0; i < timestamps.length; i++) {
      if (timestamps[i] >= from && timestamps[i] <= to) {
        into.add(timestamps[i], values[i]);
      }
    }
  }
}
