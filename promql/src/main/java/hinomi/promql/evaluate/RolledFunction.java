package hinomi.promql.evaluate;

import hinomi.model.Rolled;
import hinomi.model.Rolled.Column;
import java.util.Map;
import java.util.Set;

/// A function of windows computed from buckets instead of samples: the same answer, but for the
/// rounding of sums.
///
/// @param columns that it needs
/// @param numbers from the entries of a window, at least one, to a value
record RolledFunction(Set<Column> columns, OfEntries numbers) {
  /// Those that can be.
  static final Map<String, RolledFunction> ALL =
      Map.ofEntries(
          Map.entry("min_over_time", extreme(Column.MIN, -1)),
          Map.entry("max_over_time", extreme(Column.MAX, 1)),
          Map.entry("sum_over_time", of((e, from, to, _, _) -> sum(e, from, to), Column.SUM)),
          Map.entry(
              "avg_over_time",
              of(
                  (e, from, to, _, _) -> sum(e, from, to) / count(e, from, to),
                  Column.SUM,
                  Column.COUNT)),
          Map.entry("count_over_time", of((e, from, to, _, _) -> count(e, from, to), Column.COUNT)),
          Map.entry("present_over_time", of((_, _, _, _, _) -> 1, Column.COUNT)),
          Map.entry(
              "first_over_time",
              of((e, from, _, _, _) -> e.value(Column.FIRST, from), Column.FIRST)),
          Map.entry(
              "last_over_time", of((e, _, to, _, _) -> e.value(Column.LAST, to - 1), Column.LAST)),
          Map.entry("rate", slope(Slope.Kind.RATE)),
          Map.entry("increase", slope(Slope.Kind.INCREASE)),
          Map.entry("delta", slope(Slope.Kind.DELTA)));

  /// From the entries from one index up to another, excluded, to a value or to [Row#ABSENT].
  @FunctionalInterface
  interface OfEntries {
    /// @param start of the window, excluded
    double apply(Rolled entries, int from, int to, long start, long end);
  }

  private static RolledFunction of(OfEntries numbers, Column... columns) {
    return new RolledFunction(Set.of(columns), numbers);
  }

  private static RolledFunction extreme(Column column, double sign) {
    return of(
        (entries, from, to, _, _) -> {
          double held = entries.value(column, from);
          for (int i = from + 1; i < to; i++) {
            double value = entries.value(column, i);
            if (sign * value > sign * held || Double.isNaN(held)) {
              held = value;
            }
          }
          return held;
        },
        column);
  }

  private static double sum(Rolled entries, int from, int to) {
    KahanSum sum = new KahanSum();
    for (int i = from; i < to; i++) {
      sum.add(entries.value(Column.SUM, i));
    }
    return sum.total();
  }

  private static double count(Rolled entries, int from, int to) {
    double count = 0;
    for (int i = from; i < to; i++) {
      count += entries.value(Column.COUNT, i);
    }
    return count;
  }

  private static RolledFunction slope(Slope.Kind kind) {
    return of(
        (entries, from, to, start, end) -> {
          double count = count(entries, from, to);
          if (count < 2) {
            return Row.ABSENT;
          }
          double change = change(entries, from, to, kind.isCounter());
          long first = (long) entries.value(Column.FIRST_TIME, from);
          long last = (long) entries.value(Column.LAST_TIME, to - 1);
          Shape.Gaps gaps = new Shape.Gaps(first - start, last - first, end - last);
          return change
              * Shape.of(kind, (int) count, gaps).factor(change, entries.value(Column.FIRST, from));
        },
        Column.COUNT,
        Column.FIRST,
        Column.FIRST_TIME,
        Column.LAST,
        Column.LAST_TIME,
        Column.LOST);
  }

  private static double change(Rolled entries, int from, int to, boolean counter) {
    double change = entries.value(Column.LAST, to - 1) - entries.value(Column.FIRST, from);
    for (int i = from; counter && i < to; i++) {
      if (i > from && entries.value(Column.FIRST, i) < entries.value(Column.LAST, i - 1)) {
        change += entries.value(Column.LAST, i - 1);
      }
      change += entries.value(Column.LOST, i);
    }
    return change;
  }
}
