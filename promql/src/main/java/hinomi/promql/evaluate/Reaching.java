package hinomi.promql.evaluate;

import hinomi.model.BadInput;
import hinomi.model.Points;
import hinomi.promql.parse.Expr;
import hinomi.promql.parse.Reach;
import java.util.Set;

/// Functions of ranges whose ends have values of their own: `rate(x[5m] anchored)`, `increase(x[5m]
/// smoothed)`. Nothing is extrapolated; what the series was worth at an end is taken from the
/// samples around it, those within the lookback outside the range included. Source: Prometheus,
/// docs/querying/basics, "Extended range selectors".
///
/// @param length of the range proper, milliseconds
/// @param ahead how far the window goes on behind the range's end, milliseconds
record Reaching(Reach reach, long length, long ahead) {
  private static final Set<String> ANCHORED =
      Set.of("changes", "delta", "increase", "rate", "resets");
  private static final Set<String> SMOOTHED = Set.of("delta", "increase", "rate");

  static Reaching of(Expr.RangeSelector range, long lookback) {
    Reach reach = range.selector().reach();
    return new Reaching(reach, range.range(), reach == Reach.SMOOTHED ? lookback : 0);
  }

  /// The function for such a range, which the window covers together with the lookback around it.
  ///
  /// @param plain the function for other ranges
  WindowFunction function(String name, WindowFunction plain) {
    refuseUnlessKnown(name);
    return switch (name) {
      case "rate" ->
          WindowFunction.of(window -> {
            double change = change(window, true);
            return Row.isAbsent(change) ? change : change / (length / 1000.0);
          });
      case "increase" -> WindowFunction.of(window -> change(window, true));
      case "delta" -> WindowFunction.of(window -> change(window, false));
      default ->
          WindowFunction.of((window, scalars, remarks) -> {
            window.skip(firstOf(window));
            return window.count() == 0
                ? Row.ABSENT
                : plain.numbers().apply(window, scalars, remarks);
          });
    };
  }

  void refuseUnlessKnown(String name) {
    boolean anchored = reach == Reach.ANCHORED;
    if (!(anchored ? ANCHORED : SMOOTHED).contains(name)) {
      throw new BadInput(
          (anchored ? "anchored" : "smoothed")
              + " modifier can only be used with: "
              + (anchored ? "changes, delta, increase, rate, resets" : "delta, increase, rate")
              + " - not with "
              + name);
    }
  }

  private long end(Window window) {
    return window.end() - ahead;
  }

  private long start(Window window) {
    return end(window) - length;
  }

  /// The last sample at or before the range's start, or the first of all; none when all are.
  private int firstOf(Window window) {
    long start = start(window);
    int after = 0;
    while (after < window.count() && window.time(after) <= start) {
      after++;
    }
    return after == window.count() ? after : Math.max(0, after - 1);
  }

  /// The first sample at or behind the range's end, or the last of all.
  private int lastOf(Window window) {
    int last = window.count() - 1;
    if (reach == Reach.SMOOTHED) {
      long end = end(window);
      while (last > 0 && window.time(last - 1) >= end) {
        last--;
      }
    }
    return last;
  }

  private double change(Window window, boolean counter) {
    int first = firstOf(window);
    int last = lastOf(window);
    if (first == window.count() || first > last || isBehind(window, first)) {
      return Row.ABSENT;
    }
    double left = left(window, first, counter);
    double right = right(window, last, counter);
    double change = right - left;
    if (!counter) {
      return change;
    }
    double before = left;
    for (int i = first; i <= last; i++) {
      if (window.time(i) > start(window) && window.time(i) < end(window)) {
        change += window.value(i) < before ? before : 0;
        before = window.value(i);
      }
    }
    return change + (right < before ? before : 0);
  }

  /// Whether a range that looks ahead begins behind its own end.
  private boolean isBehind(Window window, int first) {
    return reach == Reach.SMOOTHED && window.time(first) > end(window);
  }

  private double left(Window window, int first, boolean counter) {
    boolean between = reach == Reach.SMOOTHED && window.time(first) < start(window);
    return between ? between(window, first, start(window), counter) : window.value(first);
  }

  private double right(Window window, int last, boolean counter) {
    boolean between = reach == Reach.SMOOTHED && last > 0 && window.time(last) > end(window);
    return between ? between(window, last - 1, end(window), counter) : window.value(last);
  }

  private static double between(Window window, int i, long time, boolean counter) {
    return between(
        window.time(i), window.value(i), window.time(i + 1), window.value(i + 1), time, counter);
  }

  /// What stands on the line between two samples. A counter that was reset between them began at 0.
  static double between(
      long time1, double value1, long time2, double value2, long time, boolean counter) {
    double from = counter && value2 < value1 ? 0 : value1;
    return from + (value2 - from) * (time - time1) / (time2 - time1);
  }

  /// The samples of an instant query for such a range vector: both ends, and what is between.
  Points ends(Window window) {
    Points points = new Points(window.count() + 2);
    int first = firstOf(window);
    int last = lastOf(window);
    if (first < window.count() && first <= last && !isBehind(window, first)) {
      points.add(start(window), left(window, first, false));
      for (int i = first; i <= last; i++) {
        if (window.time(i) > start(window) && window.time(i) < end(window)) {
          points.add(window.time(i), window.value(i));
        }
      }
      points.add(end(window), right(window, last, false));
    }
    return points;
  }
}
