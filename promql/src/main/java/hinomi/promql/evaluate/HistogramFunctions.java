package hinomi.promql.evaluate;

import hinomi.model.Labels;
import hinomi.promql.parse.Numbers;
import hinomi.promql.parse.Span;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Functions of classic histograms, whose buckets are series with the label `le`.
final class HistogramFunctions {
  private static final String BOUND = "le";

  private HistogramFunctions() {}

  static Map<String, Functions.OfCall> all() {
    return Map.of("histogram_quantile", HistogramFunctions::quantile);
  }

  /// One bucket's counts over all steps.
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Bound(double upper, double[] counts) {}

  private static Value quantile(Arguments arguments) {
    double[] q = arguments.scalar(0);
    Map<Labels, List<Bound>> histograms = histograms(arguments);
    for (double each : q) {
      if (!Quantiles.isValid(each)) {
        arguments.notes().badQuantile(each, arguments.span(0));
      }
    }
    Rows rows = new Rows();
    histograms.forEach((labels, bounds) -> {
      arguments.budget().check();
      double[] result = arguments.row();
      bounds.sort(Comparator.comparingDouble(Bound::upper));
      for (int step = 0; step < result.length; step++) {
        result[step] = at(step, q[step], labels.metric(), bounds, arguments);
      }
      rows.add(Rows.withoutMetric(labels), result);
    });
    return rows.vector();
  }

  private static Map<Labels, List<Bound>> histograms(Arguments arguments) {
    Map<Labels, List<Bound>> histograms = new LinkedHashMap<>();
    Span span = arguments.span(1);
    for (Row row : arguments.vector(1).rows()) {
      String text = row.labels().get(BOUND);
      Optional<Double> upper = Numbers.parse(text);
      if (upper.isEmpty()) {
        arguments.notes().badBucket(row.labels().metric(), text, span);
      } else {
        histograms
            .computeIfAbsent(row.labels().without(BOUND), _ -> new ArrayList<>())
            .add(new Bound(upper.get(), row.values()));
      }
    }
    return histograms;
  }

  private static double at(
      int step, double q, String metric, List<Bound> bounds, Arguments arguments) {
    Buckets buckets = new Buckets(bounds.size());
    for (Bound bound : bounds) {
      if (Row.isPresent(bound.counts()[step])) {
        buckets.add(bound.upper(), bound.counts()[step]);
      }
    }
    if (buckets.isEmpty()) {
      return Row.ABSENT;
    }
    double quantile = buckets.quantile(q);
    long time = arguments.grid().time(step);
    buckets
        .unsteady(time)
        .ifPresent(found -> arguments.notes().unsteadyBuckets(metric, arguments.span(1), found));
    return quantile;
  }
}
