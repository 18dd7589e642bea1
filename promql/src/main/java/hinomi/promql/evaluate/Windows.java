package hinomi.promql.evaluate;

import hinomi.model.Labels;

/// Applies a function of windows to all series of a range vector and all steps. One argument is the
/// range, the others are scalars.
final class Windows {
  /// What becomes of the metric's name.
  enum Name {
    KEPT,
    DROPPED
  }

  private Windows() {}

  static Value apply(Arguments arguments, Functions.OfWindow function, Name name) {
    Ranges ranges = arguments.ranges(rangeIndex(arguments));
    double[][] scalars = scalars(arguments);
    double[] beside = new double[scalars.length];
    Rows rows = new Rows();
    for (Ranges.Track track : ranges.series()) {
      arguments.budget().check();
      double[] result = arguments.row();
      Window window = track.window();
      for (int step = 0; step < result.length; step++) {
        ranges.place(window, arguments.grid(), step);
        if (window.count() > 0) {
          for (int i = 0; i < beside.length; i++) {
            beside[i] = scalars[i][step];
          }
          result[step] = function.apply(window, beside);
        }
      }
      Labels labels = track.labels();
      Row row = new Row(labels, result);
      if (!row.isEmpty()) {
        suspect(arguments, labels.metric());
        rows.add(name == Name.KEPT ? labels : Rows.withoutMetric(labels), result);
      }
    }
    return rows.vector();
  }

  private static int rangeIndex(Arguments arguments) {
    int i = 0;
    while (!Ranges.isRange(arguments.expr(i))) {
      i++;
    }
    return i;
  }

  private static double[][] scalars(Arguments arguments) {
    double[][] scalars = new double[arguments.count() - 1][];
    int at = 0;
    for (int i = 0; i < arguments.count(); i++) {
      if (!Ranges.isRange(arguments.expr(i))) {
        scalars[at++] = arguments.scalar(i);
      }
    }
    return scalars;
  }

  private static void suspect(Arguments arguments, String metric) {
    String function = arguments.call().function().name();
    boolean forCounters = function.equals("rate") || function.equals("increase");
    if (forCounters
        && !metric.isEmpty()
        && !metric.endsWith("_total")
        && !metric.endsWith("_sum")
        && !metric.endsWith("_count")
        && !metric.endsWith("_bucket")) {
      arguments.notes().perhapsNoCounter(metric, arguments.span(0));
    }
  }
}
