package hinomi.promql.evaluate;

import hinomi.model.Labels;
import hinomi.promql.parse.Expr;
import hinomi.promql.parse.Span;

/// What a function needs in order to remark on the series that it is at. One thread.
final class Remarks {
  private final Notes notes;
  private final Expr.Call call;
  private Labels series = Labels.EMPTY;
  private String suspected = "";

  Remarks(Notes notes, Expr.Call call) {
    this.notes = notes;
    this.call = call;
  }

  void at(Labels labels) {
    series = labels;
  }

  Notes notes() {
    return notes;
  }

  /// The name of the function at work.
  String function() {
    return call.function().name();
  }

  /// The metric of the series at hand, or the empty string.
  String metric() {
    return series.metric();
  }

  /// Where argument `i` stands.
  Span span(int i) {
    return call.arguments().get(i).span();
  }

  /// Where the range stands among the arguments.
  Span rangeSpan() {
    int i = 0;
    while (!Ranges.isRange(Arguments.bare(call.arguments().get(i)))) {
      i++;
    }
    return span(i);
  }

  /// Remarks on a series whose samples contradict one another in since when they count.
  void startsOverlapIn(Window window, Slope.Kind kind) {
    if (kind.isCounter() && window.hasStarts() && Starts.overlap(window)) {
      notes.startsOverlap(metric(), span(0));
    }
  }

  /// Remarks on a series whose name does not look like a counter's; once for each name.
  void suspectCounter() {
    String metric = metric();
    if (!metric.isEmpty() && !metric.equals(suspected)) {
      suspected = metric;
      if (!metric.endsWith("_total")
          && !metric.endsWith("_sum")
          && !metric.endsWith("_count")
          && !metric.endsWith("_bucket")) {
        notes.perhapsNoCounter(metric, span(0));
      }
    }
  }
}
