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
    return Map.of(
        "histogram_quantile", HistogramFunctions::quantile,
        "histogram_fraction", HistogramFunctions::fraction);
  }

  /// One bucket's counts over all steps.
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Bound(double upper, double[] counts) {}

  /// From the buckets of one histogram at one step to its value.
  @FunctionalInterface
  private interface OfBuckets {
    double apply(Buckets buckets, int step, Labels labels);
  }

  private static Value quantile(Arguments arguments) {
    double[] q = arguments.scalar(0);
    for (double each : q) {
      if (!Quantiles.isValid(each)) {
        arguments.notes().badQuantile(each, arguments.span(0));
      }
    }
    return each(
        arguments,
        1,
        (buckets, step, labels) -> {
          double quantile = buckets.quantile(q[step]);
          buckets
              .unsteady(arguments.grid().time(step))
              .ifPresent(found ->
                  arguments.notes().unsteadyBuckets(labels.metric(), arguments.span(1), found));
          return quantile;
        });
  }

  private static Value fraction(Arguments arguments) {
    double[] lower = arguments.scalar(0);
    double[] upper = arguments.scalar(1);
    return each(arguments, 2, (buckets, step, _) -> buckets.fraction(lower[step], upper[step]));
  }

  /// @param index which argument holds the buckets
  private static Value each(Arguments arguments, int index, OfBuckets function) {
    Rows rows = new Rows();
    histograms(arguments, index)
        .forEach((labels, bounds) -> {
          arguments.budget().check();
          double[] result = arguments.row();
          bounds.sort(Comparator.comparingDouble(Bound::upper));
          for (int step = 0; step < result.length; step++) {
            Buckets buckets = at(step, bounds);
            if (!buckets.isEmpty()) {
              result[step] = function.apply(buckets, step, labels);
            }
          }
          rows.add(MetricLabels.without(labels), result);
        });
    return rows.vector();
  }

  private static Map<Labels, List<Bound>> histograms(Arguments arguments, int index) {
    Map<Labels, List<Bound>> histograms = new LinkedHashMap<>();
    Span span = arguments.span(index);
    for (Row row : arguments.vector(index).rows()) {
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

  private static Buckets at(int step, List<Bound> bounds) {
    Buckets buckets = new Buckets(bounds.size());
    for (Bound bound : bounds) {
      if (Row.isPresent(bound.counts()[step])) {
        buckets.add(bound.upper(), bound.counts()[step]);
      }
    }
    return buckets;
  }
}
