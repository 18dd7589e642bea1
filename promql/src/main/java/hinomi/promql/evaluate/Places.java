package hinomi.promql.evaluate;

import java.util.Arrays;

/// Where the ranges of all steps lie among the times of a series. Series that are scraped together
/// have the same times, so what was found for one is most often right for the next, too. One
/// thread.
final class Places {
  /// For fewer steps a look is cheaper than a copy of the times.
  private static final int FEW = 4;

  private final Steps steps;
  private final int[] from;
  private final int[] to;
  private long[] known = {};
  private int size = -1;
  private int revision;

  Places(Steps steps) {
    this.steps = steps;
    this.from = new int[steps.count()];
    this.to = new int[steps.count()];
  }

  /// Looks at the times of a series.
  ///
  /// @param times the first `count` of which count
  void find(long[] times, int count) {
    if (count == size && Arrays.equals(times, 0, count, known, 0, count)) {
      return;
    }
    revision++;
    size = -1;
    if (steps.count() >= FEW) {
      if (known.length < count) {
        known = new long[times.length];
      }
      System.arraycopy(times, 0, known, 0, count);
      size = count;
    }
    walk(times, count, -steps.length(), from);
    walk(times, count, 0, to);
  }

  /// Finds the first time after each limit, from where the distance between the last two leads.
  private void walk(long[] times, int count, long shift, int[] into) {
    int at = 0;
    int advance = 0;
    for (int step = 0; step < into.length; step++) {
      long limit = steps.end(step) + shift;
      int next = at + advance;
      if (next == 0 || next >= count || times[next - 1] > limit || times[next] <= limit) {
        next = after(times, count, next, limit);
      }
      advance = next - at;
      at = next;
      into[step] = at;
    }
  }

  /// Changes whenever [#find] finds other times than before.
  int revision() {
    return revision;
  }

  /// By step, the index of the first time in its range.
  int[] from() {
    return from;
  }

  /// By step, the index behind the last time in its range.
  int[] to() {
    return to;
  }

  /// Behind so many samples it is quicker to halve than to walk.
  private static final int WALK = 16;

  /// Index of the first time after a limit.
  ///
  /// @param guess where it may be, at least 0
  static int after(long[] times, int size, int guess, long limit) {
    int at = Math.min(guess, size);
    if (at < size && times[at] <= limit) {
      int near = Math.min(size, at + WALK);
      while (at < near && times[at] <= limit) {
        at++;
      }
      return at < near ? at : halved(times, at, size, limit);
    }
    int near = Math.max(0, at - WALK);
    while (at > near && times[at - 1] > limit) {
      at--;
    }
    return at > near ? at : halved(times, 0, at, limit);
  }

  private static int halved(long[] times, int from, int to, long limit) {
    int low = from;
    int high = to;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (times[middle] <= limit) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
