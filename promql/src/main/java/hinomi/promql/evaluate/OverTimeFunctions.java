package hinomi.promql.evaluate;

import hinomi.model.Labels;
import hinomi.model.Points;
import hinomi.model.StoredSeries;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/// Aggregations of one series over a window: the `…_over_time` functions.
final class OverTimeFunctions {
  private OverTimeFunctions() {}

  static Map<String, WindowFunction> all() {
    Map<String, WindowFunction> all = new HashMap<>();
    all.put(
        "avg_over_time",
        WindowFunction.of(OverTimeFunctions::average)
            .with(() -> new RollingSum(true, OverTimeFunctions::average))
            .with(HistogramWindows.average()));
    all.put(
        "sum_over_time",
        WindowFunction.of(OverTimeFunctions::sum)
            .with(() -> new RollingSum(false, OverTimeFunctions::sum))
            .with(HistogramWindows.sum()));
    all.put("count_over_time", WindowFunction.of(Window::count).with(COUNT));
    all.put("present_over_time", WindowFunction.of(_ -> 1).with(PRESENT));
    all.put("min_over_time", extreme(false));
    all.put("max_over_time", extreme(true));
    all.put("stddev_over_time", WindowFunction.of(window -> spread(window).deviation()));
    all.put("stdvar_over_time", WindowFunction.of(window -> spread(window).variance()));
    all.put("mad_over_time", WindowFunction.of(OverTimeFunctions::medianDeviation));
    all.put("quantile_over_time", WindowFunction.of(OverTimeFunctions::quantile));
    all.put(
        "ts_of_min_over_time",
        WindowFunction.of(window -> seconds(window, extreme(window, false, true))));
    all.put(
        "ts_of_max_over_time",
        WindowFunction.of(window -> seconds(window, extreme(window, true, true))));
    all.put(
        "ts_of_first_over_time",
        WindowFunction.of(window -> window.firstTime() / 1000.0)
            .with(HistogramWindows.firstTime()));
    all.put(
        "ts_of_last_over_time",
        WindowFunction.of(window -> window.lastTime() / 1000.0).with(HistogramWindows.lastTime()));
    // These are the samples themselves, seen later: they keep their name.
    all.put("first_over_time", WindowFunction.of(Window::first).with(EARLIEST).keepingName());
    all.put("last_over_time", WindowFunction.of(Window::last).with(LATEST).keepingName());
    return all;
  }

  /// Of histograms the number, too.
  private static final WindowFunction.OfMixed COUNT =
      (window, _, _, into, step) ->
          into.set(step, (double) (window.count() + window.histogramCount()));

  private static final WindowFunction.OfMixed PRESENT =
      (_, _, _, into, step) -> into.set(step, 1.0);

  private static final WindowFunction.OfMixed EARLIEST =
      (window, _, _, into, step) -> {
        if (window.count() > 0 && window.firstTime() < window.histogramTime(0)) {
          into.set(step, window.first());
        } else {
          into.set(step, window.histogram(0));
        }
      };

  private static final WindowFunction.OfMixed LATEST =
      (window, _, _, into, step) -> {
        int last = window.histogramCount() - 1;
        if (window.count() > 0 && window.lastTime() > window.histogramTime(last)) {
          into.set(step, window.last());
        } else {
          into.set(step, window.histogram(last));
        }
      };

  private static WindowFunction extreme(boolean largest) {
    ToDoubleFunction<Window> extreme = window -> window.value(extreme(window, largest, false));
    return WindowFunction.of(extreme).with(() -> new RollingExtreme(largest, extreme));
  }

  private static double quantile(Window window, double[] q, Remarks remarks) {
    if (!Quantiles.isValid(q[0])) {
      remarks.notes().badQuantile(q[0], remarks.span(0));
    }
    return Quantiles.of(q[0], window.copy());
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

  static Value absent(Arguments arguments) {
    Ranges ranges = arguments.ranges(0);
    double[] result = arguments.row();
    Arrays.fill(result, 1);
    Points points = new Points(0);
    Window window = new Window(ranges.steps(), arguments.budget());
    for (StoredSeries series : ranges.series()) {
      arguments.budget().check();
      long held = arguments.budget().read(series, points);
      window.load(points);
      window.dropMarkers();
      for (int step = 0; step < result.length; step++) {
        window.place(step);
        if (!window.isEmpty()) {
          result[step] = Row.ABSENT;
        }
      }
      arguments.budget().release(held);
    }
    Labels labels = VectorFunctions.labelsOfAbsent(arguments.expr(0));
    Row row = new Row(labels, result);
    return new Value.Vector(row.isEmpty() ? List.of() : List.of(row));
  }
}
