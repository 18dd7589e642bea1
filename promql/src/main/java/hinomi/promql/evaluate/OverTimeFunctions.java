package hinomi.promql.evaluate;

import hinomi.model.Labels;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Aggregations of one series over a window: the `…_over_time` functions.
final class OverTimeFunctions {
  private OverTimeFunctions() {}

  static Map<String, Functions.OfCall> all() {
    Map<String, Functions.OfWindow> named = new HashMap<>();
    named.put("avg_over_time", (window, _) -> average(window));
    named.put("sum_over_time", (window, _) -> sum(window));
    named.put("count_over_time", (window, _) -> window.count());
    named.put("present_over_time", (_, _) -> 1);
    named.put("min_over_time", (window, _) -> window.value(extreme(window, false, false)));
    named.put("max_over_time", (window, _) -> window.value(extreme(window, true, false)));
    named.put("stddev_over_time", (window, _) -> spread(window).deviation());
    named.put("stdvar_over_time", (window, _) -> spread(window).variance());
    named.put("mad_over_time", (window, _) -> medianDeviation(window));
    named.put("ts_of_min_over_time", (window, _) -> seconds(window, extreme(window, false, true)));
    named.put("ts_of_max_over_time", (window, _) -> seconds(window, extreme(window, true, true)));
    named.put("ts_of_first_over_time", (window, _) -> seconds(window, 0));
    named.put("ts_of_last_over_time", (window, _) -> seconds(window, window.count() - 1));
    Map<String, Functions.OfCall> all = new HashMap<>();
    named.forEach((name, f) -> all.put(name, call -> Windows.apply(call, f, Windows.Name.DROPPED)));
    // These are the samples themselves, seen later: they keep their name.
    Functions.OfWindow first = (window, _) -> window.first();
    Functions.OfWindow last = (window, _) -> window.last();
    all.put("first_over_time", call -> Windows.apply(call, first, Windows.Name.KEPT));
    all.put("last_over_time", call -> Windows.apply(call, last, Windows.Name.KEPT));
    all.put("quantile_over_time", OverTimeFunctions::quantile);
    all.put("absent_over_time", OverTimeFunctions::absent);
    return all;
  }

  private static Value quantile(Arguments arguments) {
    Functions.OfWindow quantile =
        (window, q) -> {
          if (!Quantiles.isValid(q[0])) {
            arguments.notes().badQuantile(q[0], arguments.span(0));
          }
          return Quantiles.of(q[0], window.copy());
        };
    return Windows.apply(arguments, quantile, Windows.Name.DROPPED);
  }

  private static double average(Window window) {
    Mean mean = new Mean();
    for (int i = 0; i < window.count(); i++) {
      mean.add(window.value(i));
    }
    return mean.value();
  }

  private static double sum(Window window) {
    KahanSum sum = new KahanSum();
    for (int i = 0; i < window.count(); i++) {
      sum.add(window.value(i));
    }
    return sum.total();
  }

  private static Spread spread(Window window) {
    Spread spread = new Spread();
    for (int i = 0; i < window.count(); i++) {
      spread.add(window.value(i));
    }
    return spread;
  }

  /// Index of the smallest or largest number; NaN only when there is nothing else.
  ///
  /// @param latest of equal ones
  private static int extreme(Window window, boolean largest, boolean latest) {
    int best = 0;
    for (int i = 1; i < window.count(); i++) {
      double value = window.value(i);
      double held = window.value(best);
      boolean better = largest ? value > held : value < held;
      if (better || Double.isNaN(held) || (latest && value == held)) {
        best = i;
      }
    }
    return best;
  }

  private static double seconds(Window window, int i) {
    return window.time(i) / 1000.0;
  }

  private static double medianDeviation(Window window) {
    double[] values = window.copy();
    for (double value : values) {
      if (Double.isNaN(value)) {
        return Double.NaN;
      }
    }
    double median = Quantiles.of(0.5, values);
    for (int i = 0; i < values.length; i++) {
      values[i] = Math.abs(values[i] - median);
    }
    return Quantiles.of(0.5, values);
  }

  private static Value absent(Arguments arguments) {
    Ranges ranges = arguments.ranges(0);
    double[] result = arguments.row();
    Arrays.fill(result, 1);
    for (Ranges.Track track : ranges.series()) {
      Window window = track.window();
      for (int step = 0; step < result.length; step++) {
        ranges.place(window, arguments.grid(), step);
        if (window.count() > 0) {
          result[step] = Row.ABSENT;
        }
      }
    }
    Labels labels = VectorFunctions.labelsOfAbsent(arguments.expr(0));
    Row row = new Row(labels, result);
    return new Value.Vector(row.isEmpty() ? List.of() : List.of(row));
  }
}
