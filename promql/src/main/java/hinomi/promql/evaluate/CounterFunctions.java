package hinomi.promql.evaluate;

import java.util.Map;

/// How much counters and gauges change within a window: `rate` and its kin, `resets`, `changes`.
final class CounterFunctions {
  private CounterFunctions() {}

  static Map<String, WindowFunction> all() {
    return Map.of(
        "rate", slope(Slope.Kind.RATE),
        "increase", slope(Slope.Kind.INCREASE),
        "delta", slope(Slope.Kind.DELTA),
        "irate", WindowFunction.of(window -> last(window, true)),
        "idelta", WindowFunction.of(window -> last(window, false)),
        "resets", WindowFunction.of(CounterFunctions::resets),
        "changes", WindowFunction.of(CounterFunctions::changes));
  }

  private static WindowFunction slope(Slope.Kind kind) {
    return WindowFunction.of(window -> Slope.of(window, kind)).with(() -> new Slope(kind));
  }

  private static double last(Window window, boolean perSecond) {
    int count = window.count();
    if (count < 2) {
      return Row.ABSENT;
    }
    double newest = window.value(count - 1);
    double before = window.value(count - 2);
    double change = perSecond && newest < before ? newest : newest - before;
    long elapsed = window.time(count - 1) - window.time(count - 2);
    return perSecond ? change / (elapsed / 1000.0) : change;
  }

  private static double resets(Window window) {
    int resets = 0;
    for (int i = 1; i < window.count(); i++) {
      if (window.value(i) < window.value(i - 1)) {
        resets++;
      }
    }
    return resets;
  }

  private static double changes(Window window) {
    int changes = 0;
    for (int i = 1; i < window.count(); i++) {
      double one = window.value(i - 1);
      double other = window.value(i);
      if (one != other && !(Double.isNaN(one) && Double.isNaN(other))) {
        changes++;
      }
    }
    return changes;
  }
}
