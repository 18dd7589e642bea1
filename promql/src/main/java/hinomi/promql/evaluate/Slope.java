package hinomi.promql.evaluate;

import hinomi.model.Sample;
import java.util.Arrays;

/// `rate`, `increase`, `delta`: the change between a window's first and last sample, extrapolated
/// to the window's ends exactly as Prometheus does (`extrapolatedRate`).
///
/// Of a whole series it is computed without looking into the windows: what lies between the two
/// samples matters only where a counter began anew, and those places are sought out once. Windows
/// of the same shape as the one before, as nearly all are where samples come regularly, share its
/// factor. Both give the same bits as the window by itself.
final class Slope implements WindowFunction.Sweep {
  /// How much the quick look must be in favour before it is believed: far more than rounding.
  private static final double SURE = 1 + 1e-9;

  private final Kind kind;
  private int[] resets = {};
  private int resetCount;

  // The shape of the last window, and what followed from it.
  private int shapeCount;
  private long shapeBefore;
  private long shapeSampled;
  private long shapeAfter;
  private double toStart;
  private double toEnd;
  private double factor;

  enum Kind {
    RATE,
    INCREASE,
    DELTA;

    boolean isCounter() {
      return this != DELTA;
    }
  }

  Slope(Kind kind) {
    this.kind = kind;
  }

  /// Of one window.
  static double of(Window window, Kind kind) {
    if (window.count() < 2) {
      return Row.ABSENT;
    }
    double change = window.last() - window.first();
    for (int i = 1; kind.isCounter() && i < window.count(); i++) {
      if (window.value(i) < window.value(i - 1)) {
        change += window.value(i - 1);
      }
    }
    Slope slope = new Slope(kind);
    slope.shape(
        window.count(),
        window.firstTime() - window.start(),
        window.lastTime() - window.firstTime(),
        window.end() - window.lastTime(),
        window.end() - window.start());
    return slope.extrapolated(change, window.first(), window.end() - window.start());
  }

  /// By which factor the change from the first to the last histogram of a window is extrapolated.
  ///
  /// @param change of the count
  static double factor(Window window, Kind kind, double change) {
    int count = window.histogramCount();
    long first = window.histogramTime(0);
    long last = window.histogramTime(count - 1);
    long length = window.end() - window.start();
    Slope slope = new Slope(kind);
    slope.shape(count, first - window.start(), last - first, window.end() - last, length);
    return slope.factor(change, window.histogram(0).count(), length);
  }

  @Override
  public int apply(Window window, double[][] scalars, Remarks remarks, double[] into) {
    Steps steps = window.steps();
    long[] times = window.allTimes();
    double[] values = window.allValues();
    if (!findResets(values, window.size())) {
      window.dropMarkers();
      findResets(values, window.size());
    }
    int size = window.size();
    shapeCount = 0;
    long length = steps.length();
    int from = 0;
    int to = 0;
    int fromAdvance = 0;
    int toAdvance = 0;
    int reset = 0;
    int present = 0;
    for (int step = 0; step < into.length; step++) {
      long end = steps.end(step);
      long start = end - length;
      int nextFrom = from + fromAdvance;
      if (!isAfter(times, size, nextFrom, start)) {
        nextFrom = Window.after(times, size, nextFrom, start);
      }
      int nextTo = to + toAdvance;
      if (!isAfter(times, size, nextTo, end)) {
        nextTo = Window.after(times, size, nextTo, end);
      }
      fromAdvance = nextFrom - from;
      toAdvance = nextTo - to;
      from = nextFrom;
      to = nextTo;
      int count = to - from;
      if (count < 2) {
        into[step] = Row.ABSENT;
        continue;
      }
      present++;
      double first = values[from];
      double change = values[to - 1] - first;
      while (reset < resetCount && resets[reset] <= from) {
        reset++;
      }
      for (int i = reset; i < resetCount && resets[i] < to; i++) {
        change += values[resets[i] - 1];
      }
      long sampled = times[to - 1] - times[from];
      long before = times[from] - start;
      long after = end - times[to - 1];
      if (count != shapeCount
          || sampled != shapeSampled
          || before != shapeBefore
          || after != shapeAfter) {
        shape(count, before, sampled, after, length);
      }
      into[step] = extrapolated(change, first, length);
    }
    return present;
  }

  /// Whether a guess at the first time after a limit is right.
  private static boolean isAfter(long[] times, int size, int guess, long limit) {
    return guess > 0 && guess < size && times[guess - 1] <= limit && times[guess] > limit;
  }

  @Override
  public boolean knowsMarkers() {
    return true;
  }

  /// Finds where a counter began anew; one look tells that from staleness markers, too.
  ///
  /// @return false when there are markers among the values
  private boolean findResets(double[] values, int size) {
    resetCount = 0;
    if (size > 0 && Sample.isStale(values[0])) {
      return false;
    }
    for (int i = 1; i < size; i++) {
      if (!(values[i] >= values[i - 1])) {
        if (Sample.isStale(values[i])) {
          return false;
        }
        if (!kind.isCounter() || !(values[i] < values[i - 1])) {
          continue;
        }
        if (resetCount == resets.length) {
          resets = Arrays.copyOf(resets, Math.max(16, 2 * resetCount));
        }
        resets[resetCount++] = i;
      }
    }
    return true;
  }

  /// @param before milliseconds from the window's start to the first sample; likewise `after`
  private void shape(int count, long before, long sampled, long after, long length) {
    shapeCount = count;
    shapeBefore = before;
    shapeSampled = sampled;
    shapeAfter = after;
    double average = sampled / 1000.0 / (count - 1);
    double threshold = average * 1.1;
    toStart = before / 1000.0;
    toEnd = after / 1000.0;
    // A gap wider than usual: the series began or ended half an interval beyond its samples.
    if (toStart >= threshold) {
      toStart = average / 2;
    }
    if (toEnd >= threshold) {
      toEnd = average / 2;
    }
    factor = factor(toStart, length);
  }

  private double factor(double extraBefore, long length) {
    double sampled = shapeSampled / 1000.0;
    double all = (sampled + extraBefore + toEnd) / sampled;
    return kind == Kind.RATE ? all / (length / 1000.0) : all;
  }

  private double extrapolated(double change, double first, long length) {
    return change * factor(change, first, length);
  }

  private double factor(double change, double first, long length) {
    if (kind.isCounter() && change > 0 && first >= 0) {
      // A counter cannot have been below zero: it began no earlier than where its slope meets zero.
      double sampled = shapeSampled / 1000.0;
      if (!(sampled * first > toStart * change * SURE)) {
        double toZero = sampled * (first / change);
        if (toZero < toStart) {
          return factor(toZero, length);
        }
      }
    }
    return factor;
  }
}
