package hinomi.promql.evaluate;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/// All functions by name. A family is one file; a new one is added here and its functions to
/// [hinomi.promql.parse.Signatures].
public final class Functions {
  /// From a number of the first argument and the scalars after it at the same step, to a value.
  /// Histograms fall out.
  @FunctionalInterface
  interface OfPoint {
    double apply(double value, double[] scalars);
  }

  /// From a call to rows that can be made one by one.
  @FunctionalInterface
  interface OfRows {
    Supply apply(Arguments arguments);
  }

  /// From the whole call to its value, for what needs all of it at once.
  @FunctionalInterface
  interface OfCall {
    Value apply(Arguments arguments);
  }

  private static final Map<String, OfRows> BY_ROWS = byRows();
  private static final Map<String, OfCall> WHOLE = whole();

  private Functions() {}

  public static Set<String> names() {
    Map<String, Object> all = new HashMap<>(WHOLE);
    all.putAll(BY_ROWS);
    return all.keySet();
  }

  static boolean isByRows(Arguments arguments) {
    OfRows function = BY_ROWS.get(arguments.call().function().name());
    return function != null && arguments.count() > 0;
  }

  static Supply supply(Arguments arguments) {
    OfRows function = BY_ROWS.get(arguments.call().function().name());
    if (function == null) {
      throw nothing(arguments);
    }
    return function.apply(arguments);
  }

  static Value call(Arguments arguments) {
    if (isByRows(arguments)) {
      return arguments.evaluator().collect(supply(arguments), arguments.grid());
    }
    OfCall function = WHOLE.get(arguments.call().function().name());
    if (function == null) {
      throw nothing(arguments);
    }
    return function.apply(arguments);
  }

  private static IllegalStateException nothing(Arguments arguments) {
    return new IllegalStateException("BUG: nothing computes " + arguments.call().function().name());
  }

  private static Map<String, OfRows> byRows() {
    Map<String, OfRows> all = new HashMap<>();
    MathFunctions.all().forEach((name, f) -> all.put(name, call -> pointwise(call, f)));
    CalendarFunctions.ofPoints().forEach((name, f) -> all.put(name, call -> pointwise(call, f)));
    all.put("timestamp", CalendarFunctions::timestamp);
    all.put("start_timestamp", CalendarFunctions::startTimestamp);
    all.putAll(HistogramFunctions.byRows());
    Map<String, WindowFunction> windows = new HashMap<>(CounterFunctions.all());
    windows.putAll(TrendFunctions.all());
    windows.putAll(OverTimeFunctions.all());
    windows.forEach((name, f) -> all.put(name, call -> WindowFunction.supply(call, f)));
    return Map.copyOf(all);
  }

  private static Map<String, OfCall> whole() {
    Map<String, OfCall> all = new HashMap<>(CalendarFunctions.ofTime());
    all.putAll(LabelFunctions.all());
    all.putAll(VectorFunctions.all());
    all.putAll(HistogramFunctions.all());
    all.put("absent_over_time", OverTimeFunctions::absent);
    all.put("info", InfoFunction::apply);
    return Map.copyOf(all);
  }

  /// Applies a function of numbers to all elements of a vector, which lose their metric's name.
  private static Supply pointwise(Arguments arguments, OfPoint function) {
    double[][] scalars = new double[arguments.count() - 1][];
    for (int i = 0; i < scalars.length; i++) {
      scalars[i] = arguments.scalar(i + 1);
    }
    return new Mapped(
        arguments.supply(0),
        true,
        _ -> {
          double[] beside = new double[scalars.length];
          return (row, _) -> {
            double[] values = row.values();
            int present = 0;
            for (int step = 0; step < values.length; step++) {
              if (Row.isPresent(values[step])) {
                for (int i = 0; i < beside.length; i++) {
                  beside[i] = scalars[i][step];
                }
                values[step] = function.apply(values[step], beside);
                present += Row.isPresent(values[step]) ? 1 : 0;
              }
            }
            return row.done(present);
          };
        });
  }
}
