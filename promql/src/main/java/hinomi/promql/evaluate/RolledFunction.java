package hinomi.promql.evaluate;

import hinomi.model.Rolled.Column;
import java.util.Map;
import java.util.Set;

/// A function of windows computed from buckets instead of samples: the same answer, but for the
/// rounding of sums.
///
/// @param columns that it needs
/// @param numbers from the entries of a window, at least one, to a value
/// @param histograms of a window that has any
record RolledFunction(Set<Column> columns, OfEntries numbers, OfHistograms histograms) {
  /// Those that can be.
  static final Map<String, RolledFunction> ALL =
      Map.ofEntries(
          Map.entry("min_over_time", extreme(Column.MIN, -1)),
          Map.entry("max_over_time", extreme(Column.MAX, 1)),
          Map.entry(
              "sum_over_time",
              of(RolledFunction::sum, Column.SUM).with(RolledHistograms.total(false))),
          Map.entry(
              "avg_over_time",
              of(window -> sum(window) / count(window), Column.SUM, Column.COUNT)
                  .with(RolledHistograms.total(true))),
          Map.entry(
              "count_over_time",
              of(RolledFunction::count, Column.COUNT).with(RolledHistograms::count)),
          Map.entry(
              "present_over_time",
              of(_ -> 1, Column.COUNT).with((_, _, into, step) -> into.set(step, 1.0))),
          Map.entry(
              "first_over_time",
              of(RolledFunction::first, Column.FIRST, Column.FIRST_TIME)
                  .with(RolledHistograms::first)),
          Map.entry(
              "last_over_time",
              of(RolledFunction::last, Column.LAST, Column.LAST_TIME).with(RolledHistograms::last)),
          Map.entry("rate", slope(Slope.Kind.RATE)),
          Map.entry("increase", slope(Slope.Kind.INCREASE)),
          Map.entry("delta", slope(Slope.Kind.DELTA)));

  /// From a window with numbers to a value or to [Row#ABSENT].
  @FunctionalInterface
  interface OfEntries {
    double apply(RolledWindow window);
  }

  /// From a window with histograms to what stands at a step, if anything does.
  @FunctionalInterface
  interface OfHistograms {
    void apply(RolledWindow window, Remarks remarks, RowBuffer into, int step);
  }

  /// The numbers count and the histograms do not, which is said where there are both.
  private static RolledFunction of(OfEntries numbers, Column... columns) {
    return new RolledFunction(
        Set.of(columns),
        numbers,
        (window, remarks, into, step) -> {
          if (window.hasNumbers()) {
            remarks.notes().histogramsIgnoredInMixedRange(remarks.metric(), remarks.rangeSpan());
            into.set(step, numbers.apply(window));
          }
        });
  }

  private RolledFunction with(OfHistograms other) {
    return new RolledFunction(columns, numbers, other);
  }

  private static RolledFunction extreme(Column column, double sign) {
    return of(
        window -> {
          double held = window.value(column, window.from());
          for (int i = window.from() + 1; i < window.to(); i++) {
            double value = window.value(column, i);
            if (sign * value > sign * held || Double.isNaN(held)) {
              held = value;
            }
          }
          return held;
        },
        column);
  }

  private static double sum(RolledWindow window) {
    KahanSum sum = new KahanSum();
    for (int i = window.from(); i < window.to(); i++) {
      sum.add(window.value(Column.SUM, i));
    }
    return sum.total();
  }

  static double count(RolledWindow window) {
    double count = 0;
    for (int i = window.from(); i < window.to(); i++) {
      count += window.value(Column.COUNT, i);
    }
    return count;
  }

  static double first(RolledWindow window) {
    return window.value(Column.FIRST, window.from());
  }

  static double last(RolledWindow window) {
    return window.value(Column.LAST, window.to() - 1);
  }

  private static RolledFunction slope(Slope.Kind kind) {
    return of(
            window -> {
              double count = count(window);
              if (count < 2) {
                return Row.ABSENT;
              }
              double change = change(window, kind.isCounter());
              long first = (long) window.value(Column.FIRST_TIME, window.from());
              long last = (long) window.value(Column.LAST_TIME, window.to() - 1);
              return change
                  * Shape.of(kind, (int) count, window.gaps(first, last))
                      .factor(change, first(window));
            },
            Column.COUNT,
            Column.FIRST,
            Column.FIRST_TIME,
            Column.LAST,
            Column.LAST_TIME,
            Column.LOST)
        .with(RolledHistograms.slope(kind));
  }

  private static double change(RolledWindow window, boolean counter) {
    double change = last(window) - first(window);
    for (int i = window.from(); counter && i < window.to(); i++) {
      if (i > window.from() && window.value(Column.FIRST, i) < window.value(Column.LAST, i - 1)) {
        change += window.value(Column.LAST, i - 1);
      }
      change += window.value(Column.LOST, i);
    }
    return change;
  }
}
