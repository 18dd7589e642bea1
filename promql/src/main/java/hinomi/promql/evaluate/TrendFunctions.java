package hinomi.promql.evaluate;

import hinomi.model.BadInput;
import java.util.Map;

/// Where a series is going: least-squares lines, and Holt's double exponential smoothing.
final class TrendFunctions {
  private TrendFunctions() {}

  static Map<String, WindowFunction> all() {
    return Map.of(
        "deriv", line(DERIV),
        "predict_linear", line(PREDICT),
        "double_exponential_smoothing",
            WindowFunction.of((window, factors, _) -> smoothed(window, factors[0], factors[1])));
  }

  private static WindowFunction line(RollingLine.Asked asked) {
    return WindowFunction.of(RollingLine.numbers(asked)).with(() -> new RollingLine(asked));
  }

  static final RollingLine.Asked DERIV =
      new RollingLine.Asked() {
        @Override
        public double of(LineSums sums, Window window, double[] scalars) {
          return sums.slope();
        }

        @Override
        public double alone(Window window, double[] scalars) {
          // Near the samples, for precision.
          return line(window, window.firstTime()).slope();
        }
      };

  static final RollingLine.Asked PREDICT =
      new RollingLine.Asked() {
        @Override
        public double of(LineSums sums, Window window, double[] scalars) {
          return sums.predicted(window.now(), scalars[0]);
        }

        @Override
        public double alone(Window window, double[] scalars) {
          Line line = line(window, window.now());
          return line.slope() * scalars[0] + line.intercept();
        }
      };

  /// @param intercept of the line at the time asked for
  private record Line(double slope, double intercept) {}

  /// As Prometheus has it, with compensated sums.
  private static Line line(Window window, long zero) {
    KahanSum sumX = new KahanSum();
    KahanSum sumY = new KahanSum();
    KahanSum sumXY = new KahanSum();
    KahanSum sumXX = new KahanSum();
    int n = window.count();
    boolean constant = true;
    for (int i = 0; i < n; i++) {
      double x = (window.time(i) - zero) / 1000.0;
      double y = window.value(i);
      constant &= i == 0 || y == window.first();
      sumX.add(x);
      sumY.add(y);
      sumXY.add(x * y);
      sumXX.add(x * x);
    }
    if (constant) {
      double y = window.first();
      return Double.isInfinite(y) ? new Line(Double.NaN, Double.NaN) : new Line(0, y);
    }
    double x = sumX.sum() + sumX.lost();
    double y = sumY.sum() + sumY.lost();
    double covariance = sumXY.sum() + sumXY.lost() - x * y / n;
    double variance = sumXX.sum() + sumXX.lost() - x * x / n;
    double slope = covariance / variance;
    return new Line(slope, y / n - slope * x / n);
  }

  private static double smoothed(Window window, double smoothing, double trend) {
    refuseUnless(smoothing > 0 && smoothing < 1, "smoothing", "sf", smoothing);
    refuseUnless(trend > 0 && trend < 1, "trend", "tf", trend);
    if (window.count() < 2) {
      return Row.ABSENT;
    }
    double before = 0;
    double level = window.first();
    double slope = window.value(1) - window.first();
    for (int i = 1; i < window.count(); i++) {
      if (i > 1) {
        slope = trend * (level - before) + (1 - trend) * slope;
      }
      double next = smoothing * window.value(i) + (1 - smoothing) * (level + slope);
      before = level;
      level = next;
    }
    return level;
  }

  private static void refuseUnless(boolean good, String what, String sign, double value) {
    if (!good) {
      throw new BadInput(
          String.format("invalid %s factor. Expected: 0 < %s < 1, got: %f", what, sign, value));
    }
  }
}
