package hinomi.promql.evaluate;

import hinomi.model.Sample;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// `rate`, `increase`, `delta`: the change between a window's first and last sample, extrapolated
/// to the window's ends exactly as Prometheus does (`extrapolatedRate`).
///
/// Of a whole series it is computed without looking into the windows: what lies between the two
/// samples matters only where a counter began anew, and those places are sought out once. How the
/// samples lie in the windows follows from their times alone, and is found once for all series that
/// have the same. Both give the same bits as the window by itself.
final class Slope implements WindowFunction.Sweep {
  private final Kind kind;
  private int[] resets = {};
  private int resetCount;
  private @Nullable Shape[] shapes = {};
  private int revision;
  private int present;

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
    boolean fromZero = kind.isCounter() && window.count() > 0 && isFromZero(window);
    if (window.count() < 2 && !fromZero) {
      return Row.ABSENT;
    }
    double change = window.last() - window.first();
    for (int i = 1; kind.isCounter() && i < window.count(); i++) {
      if (window.isNumberReset(i)) {
        change += window.value(i - 1);
      }
    }
    if (fromZero) {
      Shape.Gaps gaps = gaps(window, window.firstTime(), window.lastTime());
      long start = window.start(0);
      return (change + window.first())
          * Shape.fromZero(kind, window.count(), gaps, start - window.start());
    }
    Shape shape = shape(kind, window, window.count(), window.firstTime(), window.lastTime());
    return change * shape.factor(change, window.first());
  }

  /// By which factor the change from the first to the last histogram of a window is extrapolated.
  ///
  /// @param change of the count
  static double factor(Window window, Kind kind, double change) {
    int count = window.histogramCount();
    Shape shape =
        shape(kind, window, count, window.histogramTime(0), window.histogramTime(count - 1));
    return shape.factor(change, window.histogram(0).count());
  }

  private static boolean isFromZero(Window window) {
    return Starts.isWithin(window.start(), window.start(0), window.firstTime());
  }

  /// Likewise, when the first histogram is known to have counted from zero within the window.
  static double factorFromZero(Window window, Kind kind) {
    int count = window.histogramCount();
    Shape.Gaps gaps = gaps(window, window.histogramTime(0), window.histogramTime(count - 1));
    return Shape.fromZero(kind, count, gaps, window.histogramStart(0) - window.start());
  }

  private static Shape shape(Kind kind, Window window, int count, long first, long last) {
    return Shape.of(kind, count, gaps(window, first, last));
  }

  private static Shape.Gaps gaps(Window window, long first, long last) {
    return new Shape.Gaps(first - window.start(), last - first, window.end() - last);
  }

  @Override
  public int apply(Window window, double[][] scalars, Remarks remarks, double[] into) {
    if (window.hasStarts()) {
      return oneByOne(window, remarks, into);
    }
    double[] values = window.allValues();
    if (!findResets(values, window.size())) {
      window.dropMarkers();
      findResets(values, window.size());
    }
    Places places = window.places();
    if (places.revision() != revision) {
      findShapes(places, window);
      revision = places.revision();
    }
    int[] from = places.from();
    int[] to = places.to();
    int reset = 0;
    for (int step = 0; step < into.length; step++) {
      Shape shape = shapes[step];
      if (shape == null) {
        into[step] = Row.ABSENT;
        continue;
      }
      double first = values[from[step]];
      double change = values[to[step] - 1] - first;
      if (resetCount > 0) {
        while (reset < resetCount && resets[reset] <= from[step]) {
          reset++;
        }
        for (int i = reset; i < resetCount && resets[i] < to[step]; i++) {
          change += values[resets[i] - 1];
        }
      }
      into[step] = change * shape.factor(change, first);
    }
    return present;
  }

  /// Of a series that tells since when it counts.
  private int oneByOne(Window window, Remarks remarks, double[] into) {
    window.dropMarkers();
    int here = 0;
    for (int step = 0; step < into.length; step++) {
      window.place(step);
      into[step] = of(window, kind);
      here += Row.isPresent(into[step]) ? 1 : 0;
      remarks.startsOverlapIn(window, kind);
    }
    return here;
  }

  /// Neighbouring windows mostly have the same shape.
  private void findShapes(Places places, Window window) {
    int[] from = places.from();
    int[] to = places.to();
    long[] times = window.allTimes();
    Steps steps = window.steps();
    shapes = new @Nullable Shape[from.length];
    present = 0;
    int count = 0;
    Shape.Gaps gaps = new Shape.Gaps(0, 0, 0);
    @Nullable Shape shape = null;
    for (int step = 0; step < from.length; step++) {
      int here = to[step] - from[step];
      if (here < 2) {
        continue;
      }
      long end = steps.end(step);
      long first = times[from[step]];
      long last = times[to[step] - 1];
      Shape.Gaps found = new Shape.Gaps(first - end + steps.length(), last - first, end - last);
      if (shape == null || here != count || !found.equals(gaps)) {
        shape = Shape.of(kind, here, found);
        count = here;
        gaps = found;
      }
      shapes[step] = shape;
      present++;
    }
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
}
