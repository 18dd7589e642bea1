package hinomi.promql.evaluate;

import hinomi.model.histogram.Estimate;
import hinomi.model.histogram.Total;
import hinomi.promql.parse.Operator;
import hinomi.promql.parse.Quoting;
import hinomi.promql.parse.Span;

/// What there is to say about native histograms, in Prometheus' words.
///
/// @param notes where it is said
record HistogramNotes(Notes notes) {
  /// What was done with histograms that did not quite fit.
  enum Doing {
    ADDITION("addition"),
    SUBTRACTION("subtraction"),
    AGGREGATION("aggregation");

    private final String word;

    Doing(String word) {
      this.word = word;
    }
  }

  void mixedWithFloats(String metric, Span span) {
    notes.warn(
        "encountered a mix of histograms and floats for metric name " + Quoting.quote(metric),
        span);
  }

  void mixedWithFloatsInAggregation(Span span) {
    notes.warn("encountered a mix of histograms and floats for aggregation", span);
  }

  /// One with custom bounds and one without.
  void mixedBounds(String metric, Span span) {
    notes.warn(
        "vector contains a mix of histograms with exponential and custom buckets schemas for"
            + " metric name "
            + Quoting.quote(metric),
        span);
  }

  void mixedWithClassic(String metric, Span span) {
    notes.warn("vector contains a mix of classic and native histograms" + named(metric), span);
  }

  void isNoCounter(String metric, Span span) {
    notes.warn("this native histogram metric is not a counter: " + Quoting.quote(metric), span);
  }

  void isNoGauge(String metric, Span span) {
    notes.warn("this native histogram metric is not a gauge: " + Quoting.quote(metric), span);
  }

  void incompatibleLayouts(Operator operator, Span span) {
    notes.warn(
        "incompatible bucket layout encountered for binary operator " + operator.sign(), span);
  }

  /// What a total has to say of itself.
  void of(Total total, Doing doing, Span span) {
    if (total.resetsCollide()) {
      resetsCollide(doing, span);
    }
    if (total.isReconciled()) {
      reconciled(doing, span);
    }
  }

  void resetsCollide(Doing doing, Span span) {
    notes.warn("conflicting counter resets during histogram " + doing.word, span);
  }

  void reconciled(Doing doing, Span span) {
    notes.info("mismatched custom buckets were reconciled during " + doing.word, span);
  }

  void nan(Estimate.Nan nan, String metric, Span span) {
    switch (nan) {
      case NONE -> {}
      case RESULT ->
          notes.info(
              "input to histogram_quantile has NaN observations, result is NaN" + named(metric),
              span);
      case SKEWED ->
          notes.info(
              "input to histogram_quantile has NaN observations, result is skewed higher"
                  + named(metric),
              span);
      case EXCLUDED ->
          notes.info(
              "input to histogram_fraction has NaN observations, which are excluded from all"
                  + " fractions"
                  + named(metric),
              span);
    }
  }

  private static String named(String metric) {
    return metric.isEmpty() ? "" : " for metric name " + Quoting.quote(metric);
  }
}
