package hinomi.promql.evaluate;

import hinomi.model.Labels;
import hinomi.model.Points;
import hinomi.model.StoredSeries;

/// A function of windows over all series of a range vector. One argument is the range, the others
/// are scalars.
final class Windows extends Supply {
  private final Arguments arguments;
  private final WindowFunction function;
  private final Ranges ranges;
  private final double[][] scalars;

  Windows(Arguments arguments, WindowFunction function, Ranges ranges, double[][] scalars) {
    this.arguments = arguments;
    this.function = function;
    this.ranges = ranges;
    this.scalars = scalars;
  }

  @Override
  int size() {
    return ranges.series().size();
  }

  @Override
  Labels labels(int i) {
    return ranges.series().get(i).labels();
  }

  @Override
  boolean dropsMetric() {
    return function.dropsName();
  }

  @Override
  boolean isFull() {
    return true;
  }

  @Override
  long cost() {
    return ranges.cost();
  }

  @Override
  Maker maker(Notes notes) {
    Budget budget = arguments.budget();
    Points points = new Points(0);
    Window window = new Window(ranges.steps(), budget);
    WindowFunction.Sweep sweep = function.sweep().get();
    Remarks remarks = new Remarks(notes, arguments.call());
    boolean forCounters =
        remarks.function().equals("rate") || remarks.function().equals("increase");
    return (i, into) -> {
      StoredSeries series = ranges.series().get(i);
      long held = budget.read(series, points);
      window.load(points);
      if (window.isMixed() || !sweep.knowsMarkers()) {
        window.dropMarkers();
      }
      remarks.at(series.labels());
      boolean any =
          window.isMixed()
              ? function.mixed(window, scalars, remarks, into)
              : into.done(sweep.apply(window, scalars, remarks, into.values()));
      budget.release(held);
      if (any && forCounters) {
        remarks.suspectCounter();
      }
      return any;
    };
  }
}
