package hinomi.promql.evaluate;

import java.util.function.ToDoubleFunction;

/// `min_over_time` and `max_over_time` of all windows at once. Keeps the samples that may still
/// become the extreme of a window, in time order and each worse than the one before (a monotone
/// queue); the first is the extreme.
final class RollingExtreme implements WindowFunction.Sweep {
  private final double sign;
  private final ToDoubleFunction<Window> alone;
  private int[] queue = {};

  RollingExtreme(boolean largest, ToDoubleFunction<Window> alone) {
    this.sign = largest ? 1 : -1;
    this.alone = alone;
  }

  @Override
  public int apply(Window window, double[][] scalars, Remarks remarks, double[] into) {
    boolean rolls = window.steps().overlap();
    double[] values = window.allValues();
    if (rolls && queue.length < window.size()) {
      queue = new int[window.size() + window.size() / 2];
    }
    int head = 0;
    int tail = 0;
    int taken = 0;
    int present = 0;
    for (int step = 0; step < into.length; step++) {
      window.place(step);
      if (window.count() == 0) {
        into[step] = Row.ABSENT;
        continue;
      }
      present++;
      if (!rolls) {
        into[step] = alone.applyAsDouble(window);
        continue;
      }
      int from = window.offset();
      int to = from + window.count();
      for (int i = Math.max(taken, from); i < to; i++) {
        double value = values[i];
        if (!Double.isNaN(value)) {
          while (tail > head && sign * values[queue[tail - 1]] < sign * value) {
            tail--;
          }
          queue[tail++] = i;
        }
      }
      taken = to;
      while (head < tail && queue[head] < from) {
        head++;
      }
      into[step] = head < tail ? values[queue[head]] : Double.NaN;
    }
    return present;
  }
}
