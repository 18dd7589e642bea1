package hinomi.promql.evaluate;

import hinomi.promql.parse.Aggregation;
import java.util.Arrays;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;

/// Folds the rows of one group into one, row by row, so that no more than the group's own state is
/// held. Sums and means carry Kahan's correction, as Prometheus' do.
abstract sealed class Fold {
  final double[] result;

  private Fold(int steps) {
    this.result = Row.absent(steps);
  }

  static Fold of(Aggregation operator, int steps) {
    return switch (operator) {
      case SUM -> new Sums(steps);
      case AVG -> new Means(steps);
      case STDDEV, STDVAR -> new Spreads(steps, operator == Aggregation.STDDEV);
      case COUNT -> new Simple(steps, _ -> 1, (count, _) -> count + 1);
      case GROUP -> new Simple(steps, _ -> 1, (one, _) -> one);
      case MIN -> new Simple(steps, v -> v, (a, b) -> a > b || Double.isNaN(a) ? b : a);
      case MAX -> new Simple(steps, v -> v, (a, b) -> a < b || Double.isNaN(a) ? b : a);
      case TOPK, BOTTOMK, LIMITK, LIMIT_RATIO, COUNT_VALUES, QUANTILE ->
          throw new IllegalStateException("BUG: " + operator + " folds nothing");
    };
  }

  /// The numbers that a group holds for each step.
  static long weight(Aggregation operator) {
    return switch (operator) {
      case SUM -> 2;
      case AVG -> 5;
      case STDDEV, STDVAR -> 9;
      case COUNT, GROUP, MIN, MAX, TOPK, BOTTOMK, LIMITK, LIMIT_RATIO, COUNT_VALUES, QUANTILE -> 1;
    };
  }

  final void add(double[] values) {
    for (int step = 0; step < values.length; step++) {
      if (Row.isPresent(values[step])) {
        add(step, values[step]);
      }
    }
  }

  abstract void add(int step, double value);

  /// The row; nothing may be added after.
  abstract double[] result();

  /// A state of one number a step.
  private static final class Simple extends Fold {
    private final DoubleUnaryOperator first;
    private final DoubleBinaryOperator next;

    Simple(int steps, DoubleUnaryOperator first, DoubleBinaryOperator next) {
      super(steps);
      this.first = first;
      this.next = next;
    }

    @Override
    void add(int step, double value) {
      double held = result[step];
      result[step] =
          Row.isAbsent(held) ? first.applyAsDouble(value) : next.applyAsDouble(held, value);
    }

    @Override
    double[] result() {
      return result;
    }
  }

  private static final class Sums extends Fold {
    private final double[] lost;

    Sums(int steps) {
      super(steps);
      this.lost = new double[steps];
    }

    @Override
    void add(int step, double value) {
      double sum = result[step];
      if (Row.isAbsent(sum)) {
        result[step] = value;
        return;
      }
      double next = sum + value;
      lost[step] = KahanSum.lost(sum, lost[step], value, next);
      result[step] = next;
    }

    @Override
    double[] result() {
      for (int step = 0; step < result.length; step++) {
        if (Row.isPresent(result[step])) {
          result[step] += lost[step];
        }
      }
      return result;
    }
  }

  private static final class Means extends Fold {
    private final Mean[] means;

    Means(int steps) {
      super(steps);
      this.means = new Mean[steps];
      Arrays.setAll(means, _ -> new Mean());
    }

    @Override
    void add(int step, double value) {
      means[step].add(value);
      result[step] = 0;
    }

    @Override
    double[] result() {
      for (int step = 0; step < result.length; step++) {
        if (Row.isPresent(result[step])) {
          result[step] = means[step].value();
        }
      }
      return result;
    }
  }

  private static final class Spreads extends Fold {
    private final Spread[] spreads;
    private final boolean deviation;

    Spreads(int steps, boolean deviation) {
      super(steps);
      this.deviation = deviation;
      this.spreads = new Spread[steps];
      Arrays.setAll(spreads, _ -> new Spread());
    }

    @Override
    void add(int step, double value) {
      spreads[step].add(value);
      result[step] = 0;
    }

    @Override
    double[] result() {
      for (int step = 0; step < result.length; step++) {
        if (Row.isPresent(result[step])) {
          result[step] = deviation ? spreads[step].deviation() : spreads[step].variance();
        }
      }
      return result;
    }
  }
}
