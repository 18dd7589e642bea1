package hinomi.promql.evaluate;

import java.util.function.ToDoubleFunction;

/// `sum_over_time` and `avg_over_time` of all windows at once: the difference of two running sums
/// that are kept twice as precise as a number is (Dekker's double-double), so that what cancels is
/// far below what a window's own compensated sum would lose. Where that cannot be promised, and for
/// numbers that are none, each window is summed by itself.
final class RollingSum implements WindowFunction.Sweep {
  /// A window's sum must not be smaller than this share of the largest running sum. The running
  /// sums are right to about 2^-100 of it, so 40 bits more than a number has are left.
  private static final double SHARE = 0x1p-40;

  /// Larger running sums might overflow.
  private static final double LARGEST = 1e300;

  private final boolean mean;
  private final ToDoubleFunction<Window> alone;
  private double[] high = {};
  private double[] low = {};
  private double largest;

  RollingSum(boolean mean, ToDoubleFunction<Window> alone) {
    this.mean = mean;
    this.alone = alone;
  }

  @Override
  public int apply(Window window, double[][] scalars, Remarks remarks, double[] into) {
    boolean rolls = window.steps().overlap() && add(window.allValues(), window.size());
    if (!rolls) {
      window.dropMarkers(); // which are no numbers, so that no sums of them can be relied upon
      rolls = window.steps().overlap() && add(window.allValues(), window.size());
    }
    double least = largest * SHARE;
    int present = 0;
    for (int step = 0; step < into.length; step++) {
      window.place(step);
      int count = window.count();
      if (count == 0) {
        into[step] = Row.ABSENT;
        continue;
      }
      present++;
      double sum = rolls ? difference(window.offset(), window.offset() + count) : Double.NaN;
      if (!(Math.abs(sum) >= least && sum != 0)) {
        into[step] = alone.applyAsDouble(window);
      } else {
        into[step] = mean ? sum / count : sum;
      }
    }
    return present;
  }

  @Override
  public boolean knowsMarkers() {
    return true;
  }

  private double difference(int from, int to) {
    double sum = high[to] - high[from];
    double part = sum - high[to];
    double lost = (high[to] - (sum - part)) + (-high[from] - part);
    return sum + (lost + (low[to] - low[from]));
  }

  /// @return whether the running sums can be relied upon
  private boolean add(double[] values, int size) {
    if (high.length <= size) {
      high = new double[size + 1 + size / 2];
      low = new double[high.length];
    }
    largest = 0;
    double sum = 0;
    double rest = 0;
    for (int i = 0; i < size; i++) {
      double value = values[i];
      double next = sum + value;
      double part = next - sum;
      rest += (sum - (next - part)) + (value - part);
      sum = next;
      high[i + 1] = sum;
      low[i + 1] = rest;
      largest = Math.max(largest, Math.abs(sum));
    }
    return largest < LARGEST;
  }
}
