package hinomi.metricstore.chunk;

import hinomi.model.Points;
import java.util.Arrays;

/// Since when the samples of one series count, by their time: the same from each change to the
/// next, for a sender tells the same start until it starts anew. All times are milliseconds since
/// the epoch; a start of 0 is not known.
///
/// Immutable, but that newer versions may share the arrays and write behind what belongs to this
/// one: so a sender that tells another start with each sample costs no copies. Any thread reads;
/// one thread makes new versions, each of the newest.
///
/// ```
/// times    t0     t1          t2                what is before t0 is not known
/// starts   s0     s1          s2
///          ├─s0──┤├─────s1───┤├─────s2────── …
/// ```
public final class Starts {
  /// Nothing is known.
  public static final Starts NONE = new Starts(new long[0], new long[0], 0);

  private final long[] times;
  private final long[] starts;
  private final int count;

  private Starts(long[] times, long[] starts, int count) {
    this.times = times;
    this.starts = starts;
    this.count = count;
  }

  /// From what was written down.
  ///
  /// @param times of changes, rising; given away
  /// @param starts from each change on; given away
  public static Starts of(long[] times, long[] starts) {
    return times.length == 0 ? NONE : new Starts(times, starts, times.length);
  }

  public boolean isNone() {
    return count == 0;
  }

  /// The number of changes.
  public int count() {
    return count;
  }

  /// When change `i` is.
  public long time(int i) {
    return times[i];
  }

  /// What holds from change `i` on.
  public long start(int i) {
    return starts[i];
  }

  /// Since when a sample of that time counts.
  public long at(long time) {
    return value(run(time));
  }

  private long value(int run) {
    return run < 0 ? 0 : starts[run];
  }

  /// The last change up to a time; −1 before the first.
  private int run(long time) {
    if (count > 0 && times[count - 1] <= time) {
      return count - 1;
    }
    int found = Arrays.binarySearch(times, 0, count, time);
    return found >= 0 ? found : -found - 2;
  }

  /// With a sample that is newer than all of the series.
  public Starts newest(long time, long start) {
    if (at(time) == start) {
      return this;
    }
    if (count > 0 && times[count - 1] >= time) {
      return only(time, start);
    }
    boolean full = count == times.length;
    long[] roomyTimes = full ? Arrays.copyOf(times, Math.max(1, 2 * count)) : times;
    long[] roomyStarts = full ? Arrays.copyOf(starts, Math.max(1, 2 * count)) : starts;
    roomyTimes[count] = time;
    roomyStarts[count] = start;
    return new Starts(roomyTimes, roomyStarts, count + 1);
  }

  /// With a sample behind which there are others, of which this says nothing.
  public Starts only(long time, long start) {
    int run = run(time);
    long before = value(run);
    if (before == start) {
      return this;
    }
    int keep = run >= 0 && times[run] == time ? run : run + 1;
    boolean goesOn = run + 1 < count && times[run + 1] == time + 1;
    int added = goesOn ? 1 : 2;
    int rest = count - run - 1;
    long[] newTimes = new long[keep + added + rest];
    long[] newStarts = new long[newTimes.length];
    System.arraycopy(times, 0, newTimes, 0, keep);
    System.arraycopy(starts, 0, newStarts, 0, keep);
    newTimes[keep] = time;
    newStarts[keep] = start;
    if (!goesOn) {
      newTimes[keep + 1] = time + 1;
      newStarts[keep + 1] = before;
    }
    System.arraycopy(times, run + 1, newTimes, keep + added, rest);
    System.arraycopy(starts, run + 1, newStarts, keep + added, rest);
    return new Starts(newTimes, newStarts, newTimes.length);
  }

  /// What of this matters to samples from a time on.
  public Starts from(long time) {
    int run = run(time);
    if (run <= 0) {
      return this;
    }
    return of(Arrays.copyOfRange(times, run, count), Arrays.copyOfRange(starts, run, count));
  }

  /// Whether it tells of nothing: all it says is that nothing is known.
  public boolean isEmpty() {
    for (int i = 0; i < count; i++) {
      if (starts[i] != 0) {
        return false;
      }
    }
    return true;
  }

  /// Tells points, from a number and a histogram on, since when they count.
  void tell(Points points, int fromNumber, int fromHistogram) {
    int run = fromNumber < points.size() ? run(points.timestamp(fromNumber)) : -1;
    for (int i = fromNumber; i < points.size(); i++) {
      run = forward(run, points.timestamp(i));
      points.startedAt(i, value(run));
    }
    run = -1;
    for (int i = fromHistogram; i < points.histogramCount(); i++) {
      run = forward(run, points.histogramTimestamp(i));
      points.histogramStartedAt(i, value(run));
    }
  }

  private int forward(int run, long time) {
    int at = run;
    while (at + 1 < count && times[at + 1] <= time) {
      at++;
    }
    return at;
  }
}
