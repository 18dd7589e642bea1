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
        "irate", last(true),
        "idelta", last(false),
        "resets", WindowFunction.of(CounterFunctions::resets).with(HistogramWindows.resets()),
        "changes", WindowFunction.of(CounterFunctions::changes).with(HistogramWindows.changes()));
  }

  private static WindowFunction slope(Slope.Kind kind) {
    WindowFunction.OfNumbers numbers =
        (window, _, remarks) -> {
          remarks.startsOverlapIn(window, kind);
          return Slope.of(window, kind);
        };
    return WindowFunction.of(numbers)
        .with(() -> new Slope(kind))
        .with(HistogramRate.extrapolated(kind));
  }

  private static WindowFunction last(boolean perSecond) {
    WindowFunction.OfNumbers numbers = (window, _, _) -> last(window, perSecond);
    return WindowFunction.of(numbers).with(HistogramRate.instant(perSecond, numbers));
  }

  private static double last(Window window, boolean perSecond) {
    int count = window.count();
    if (count < 2) {
      return Row.ABSENT;
    }
    double newest = window.value(count - 1);
    double before = window.value(count - 2);
    double change = perSecond && window.isNumberReset(count - 1) ? newest : newest - before;
    long elapsed = window.time(count - 1) - window.time(count - 2);
    return perSecond ? change / (elapsed / 1000.0) : change;
  }

  private static double resets(Window window) {
    int resets = 0;
    for (int i = 1; i < window.count(); i++) {
      if (window.isNumberReset(i)) {
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
