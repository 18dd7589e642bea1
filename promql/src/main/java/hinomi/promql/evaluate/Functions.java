package hinomi.promql.evaluate;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/// All functions by name. A family is one file; a new one is added here and its functions to
/// [hinomi.promql.parse.Signatures].
public final class Functions {
  /// From a value of the first argument and the scalars after it at the same step, to a value.
  @FunctionalInterface
  interface OfPoint {
    double apply(double value, double[] scalars);
  }

  /// From a window with at least one sample and the scalars beside it, to a value, or to
  /// [Row#ABSENT] when the window does not suffice.
  @FunctionalInterface
  interface OfWindow {
    double apply(Window window, double[] scalars);
  }

  /// From the whole call to its value, for what fits neither of the others.
  @FunctionalInterface
  interface OfCall {
    Value apply(Arguments arguments);
  }

  private static final Map<String, OfCall> ALL = all();

  private Functions() {}

  public static Set<String> names() {
    return ALL.keySet();
  }

  static Value call(Arguments arguments) {
    OfCall function = ALL.get(arguments.call().function().name());
    if (function == null) {
      throw new IllegalStateException(
          "BUG: nothing computes " + arguments.call().function().name());
    }
    return function.apply(arguments);
  }

  private static Map<String, OfCall> all() {
    Map<String, OfCall> all = new HashMap<>();
    MathFunctions.all().forEach((name, f) -> all.put(name, call -> Points.apply(call, f)));
    CalendarFunctions.all().forEach(all::put);
    CounterFunctions.all()
        .forEach((name, f) -> all.put(name, call -> Windows.apply(call, f, Windows.Name.DROPPED)));
    TrendFunctions.all()
        .forEach((name, f) -> all.put(name, call -> Windows.apply(call, f, Windows.Name.DROPPED)));
    OverTimeFunctions.all().forEach(all::put);
    LabelFunctions.all().forEach(all::put);
    VectorFunctions.all().forEach(all::put);
    HistogramFunctions.all().forEach(all::put);
    return Map.copyOf(all);
  }
}
