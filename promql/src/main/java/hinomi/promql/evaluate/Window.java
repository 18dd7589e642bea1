package hinomi.promql.evaluate;

import java.util.Arrays;

/// The samples of one series in a range that ends at an evaluation time: those after `start`
/// (left-open) up to `end`, staleness markers left out. Moves from step to step over the same
/// arrays; one thread.
final class Window {
  private final long[] times;
  private final double[] values;
  private final int size;
  private int from;
  private int to;
  private long start;
  private long end;
  private long now;

  /// @param size how many of the arrays' elements count
  Window(long[] times, double[] values, int size) {
    this.times = times;
    this.values = values;
    this.size = size;
  }

  /// Moves on to a later range.
  ///
  /// @param evaluation the time at which the expression is evaluated, which `offset` and `@` do not
  ///   change
  void move(long newStart, long newEnd, long evaluation) {
    start = newStart;
    end = newEnd;
    now = evaluation;
    while (from < size && times[from] <= newStart) {
      from++;
    }
    to = Math.max(to, from);
    while (to < size && times[to] <= newEnd) {
      to++;
    }
  }

  int count() {
    return to - from;
  }

  long time(int i) {
    return times[from + i];
  }

  double value(int i) {
    return values[from + i];
  }

  double first() {
    return values[from];
  }

  double last() {
    return values[to - 1];
  }

  long firstTime() {
    return times[from];
  }

  long lastTime() {
    return times[to - 1];
  }

  long start() {
    return start;
  }

  long end() {
    return end;
  }

  long now() {
    return now;
  }

  /// A copy that its holder may sort.
  double[] copy() {
    return Arrays.copyOfRange(values, from, to);
  }

  long[] copyTimes() {
    return Arrays.copyOfRange(times, from, to);
  }
}
