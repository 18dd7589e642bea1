package hinomi.promql.evaluate;

import java.util.Map;

/// How much counters and gauges change within a window: `rate` and its kin, `resets`, `changes`.
/// Extrapolation to the window's ends is exactly Prometheus' (`extrapolatedRate`).
final class CounterFunctions {
  private CounterFunctions() {}

  static Map<String, Functions.OfWindow> all() {
    return Map.of(
        "rate", (window, _) -> rate(window),
        "increase", (window, _) -> increase(window, true),
        "delta", (window, _) -> increase(window, false),
        "irate", (window, _) -> last(window, true),
        "idelta", (window, _) -> last(window, false),
        "resets", (window, _) -> resets(window),
        "changes", (window, _) -> changes(window));
  }

  private static double rate(Window window) {
    double increase = increase(window, true);
    return Row.isAbsent(increase)
        ? increase
        : increase / ((window.end() - window.start()) / 1000.0);
  }

  private static double increase(Window window, boolean counter) {
    int count = window.count();
    if (count < 2) {
      return Row.ABSENT;
    }
    double result = window.last() - window.first();
    if (counter) {
      for (int i = 1; i < count; i++) {
        if (window.value(i) < window.value(i - 1)) {
          result += window.value(i - 1);
        }
      }
    }
    double sampled = (window.lastTime() - window.firstTime()) / 1000.0;
    double average = sampled / (count - 1);
    double threshold = average * 1.1;
    double toStart = (window.firstTime() - window.start()) / 1000.0;
    double toEnd = (window.end() - window.lastTime()) / 1000.0;
    // A gap wider than usual: the series began or ended half an interval beyond its samples.
    if (toStart >= threshold) {
      toStart = average / 2;
    }
    if (counter && result > 0 && window.first() >= 0) {
      // A counter cannot have been below zero: it began no earlier than where its slope meets zero.
      toStart = Math.min(toStart, sampled * (window.first() / result));
    }
    if (toEnd >= threshold) {
      toEnd = average / 2;
    }
    return result * ((sampled + toStart + toEnd) / sampled);
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
