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

  /// The samples of a window that a range has to do with.
  ///
  /// @param start of the range, milliseconds since the epoch; likewise `end`
  /// @param first sample that matters; none do when it is behind `last`
  /// @param leftIsBetween whether the left end lies between `first` and the next sample
  /// @param rightIsBetween whether the right end lies between `last` and the sample before
  record Piece(
      long start, long end, int first, int last, boolean leftIsBetween, boolean rightIsBetween) {
    boolean isEmpty() {
      return first > last;
    }
  }

  /// The function for such a range, which the window covers together with the lookback around it.
  ///
  /// @param plain the function for other ranges
  WindowFunction function(String name, WindowFunction plain) {
    refuseUnlessKnown(name);
    return switch (name) {
      case "rate" -> change(Slope.Kind.RATE);
      case "increase" -> change(Slope.Kind.INCREASE);
      case "delta" -> change(Slope.Kind.DELTA);
      default -> anchored(plain);
    };
  }

  void refuseUnlessKnown(String name) {
    boolean anchored = reach == Reach.ANCHORED;
    if (!(anchored ? ANCHORED : SMOOTHED).contains(name)) {
      throw new BadInput(
          reach.word()
              + " modifier can only be used with: "
              + (anchored ? "changes, delta, increase, rate, resets" : "delta, increase, rate")
              + " - not with "
              + name);
    }
  }

  private WindowFunction change(Slope.Kind kind) {
    return WindowFunction.of(
            window -> {
              double change = change(window, kind.isCounter());
              boolean perSecond = kind == Slope.Kind.RATE && Row.isPresent(change);
              return perSecond ? change / (length / 1000.0) : change;
            })
        .with(HistogramReach.change(this, kind));
  }

  private WindowFunction anchored(WindowFunction plain) {
    WindowFunction.OfNumbers numbers =
        (window, scalars, remarks) -> {
          skipToAnchor(window);
          return window.isEmpty() ? Row.ABSENT : plain.numbers().apply(window, scalars, remarks);
        };
    return WindowFunction.of(numbers)
        .with((window, scalars, remarks, into, step) -> {
          skipToAnchor(window);
          if (window.histogramCount() > 0) {
            plain.mixed().apply(window, scalars, remarks, into, step);
          } else if (window.count() > 0) {
            into.set(step, plain.numbers().apply(window, scalars, remarks));
          }
        });
  }

  /// Leaves out what lies before the last sample at or before the range's start, of whichever kind;
  /// and everything where nothing lies behind the start.
  private void skipToAnchor(Window window) {
    long start = start(window);
    int numbers = 0;
    while (numbers < window.count() && window.time(numbers) <= start) {
      numbers++;
    }
    int histograms = 0;
    while (histograms < window.histogramCount() && window.histogramTime(histograms) <= start) {
      histograms++;
    }
    if (numbers == window.count() && histograms == window.histogramCount()) {
      window.skip(numbers, histograms);
    } else if (histograms == 0
        || (numbers > 0 && window.time(numbers - 1) >= window.histogramTime(histograms - 1))) {
      window.skip(Math.max(0, numbers - 1), histograms);
    } else {
      window.skip(numbers, histograms - 1);
    }
  }

  private long end(Window window) {
    return window.end() - ahead;
  }

  private long start(Window window) {
    return end(window) - length;
  }

  /// @param histograms whether the window's histograms are meant, or its numbers
  Piece piece(Window window, boolean histograms) {
    long start = start(window);
    long end = end(window);
    int count = histograms ? window.histogramCount() : window.count();
    int after = 0;
    while (after < count && time(window, after, histograms) <= start) {
      after++;
    }
    int first = Math.max(0, after - 1);
    int last = count - 1;
    while (reach == Reach.SMOOTHED && last > 0 && time(window, last - 1, histograms) >= end) {
      last--;
    }
    boolean smoothed = reach == Reach.SMOOTHED;
    if (after == count || (smoothed && time(window, first, histograms) > end)) {
      return new Piece(start, end, count, last, false, false);
    }
    return new Piece(
        start,
        end,
        first,
        last,
        smoothed && time(window, first, histograms) < start,
        smoothed && last > 0 && time(window, last, histograms) > end);
  }

  private static long time(Window window, int i, boolean histograms) {
    return histograms ? window.histogramTime(i) : window.time(i);
  }

  private double change(Window window, boolean counter) {
    Piece piece = piece(window, false);
    if (piece.isEmpty()) {
      return Row.ABSENT;
    }
    double left = left(window, piece, counter);
    double right = right(window, piece, counter);
    double change = right - left;
    if (!counter) {
      return change;
    }
    double before = left;
    for (int i = piece.first(); i <= piece.last(); i++) {
      if (window.time(i) > piece.start() && window.time(i) < piece.end()) {
        change += window.value(i) < before ? before : 0;
        before = window.value(i);
      }
    }
    return change + (right < before ? before : 0);
  }

  private static double left(Window window, Piece piece, boolean counter) {
    return piece.leftIsBetween()
        ? between(window, piece.first(), piece.start(), counter)
        : window.value(piece.first());
  }

  private static double right(Window window, Piece piece, boolean counter) {
    return piece.rightIsBetween()
        ? between(window, piece.last() - 1, piece.end(), counter)
        : window.value(piece.last());
  }

  /// What stands on the line between number `i` and the next one. A counter that was reset between
  /// them began at 0.
  static double between(Window window, int i, long time, boolean counter) {
    double before = window.value(i);
    double behind = window.value(i + 1);
    double from = counter && behind < before ? 0 : before;
    long elapsed = window.time(i + 1) - window.time(i);
    return from + (behind - from) * (time - window.time(i)) / elapsed;
  }

  /// The samples of an instant query for such a range vector: both ends, and what is between.
  Points ends(Window window) {
    Points points = new Points(window.count() + 2);
    Piece piece = piece(window, false);
    if (!piece.isEmpty()) {
      points.add(piece.start(), left(window, piece, false));
      for (int i = piece.first(); i <= piece.last(); i++) {
        if (window.time(i) > piece.start() && window.time(i) < piece.end()) {
          points.add(window.time(i), window.value(i));
        }
      }
      points.add(piece.end(), right(window, piece, false));
    }
    return points;
  }
}
