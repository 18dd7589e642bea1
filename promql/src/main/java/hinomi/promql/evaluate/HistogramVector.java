package hinomi.promql.evaluate;

import hinomi.model.Histogram;
import hinomi.model.Labels;
import hinomi.promql.parse.Numbers;
import hinomi.promql.parse.Span;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;

/// The histograms in a vector: native ones, and classic ones, whose buckets are series with the
/// label `le`. Where both kinds stand under the same labels at the same step, neither counts, which
/// is said.
final class HistogramVector {
  private static final String BOUND = "le";

  private final Arguments arguments;
  private final Span span;
  private final Naming naming;
  private final Map<Labels, Row> natives = new LinkedHashMap<>();
  private final Map<Labels, List<Bound>> classics = new LinkedHashMap<>();

  /// One bucket's counts over all steps.
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Bound(double upper, double[] counts) {}

  /// From a histogram at one step to a value.
  interface Function {
    /// @param metric whose histogram it is, or the empty string where that is no longer known
    double of(Histogram histogram, int step, String metric);

    double of(Buckets buckets, int step, String metric);
  }

  /// @param index which argument holds the vector
  HistogramVector(Arguments arguments, int index) {
    this.arguments = arguments;
    this.span = arguments.span(index);
    this.naming = arguments.evaluator().naming();
    Value.Vector vector =
        arguments.evaluator().with(Told.Hints.STORED_THROUGHOUT, () -> arguments.vector(index));
    for (Row row : vector.rows()) {
      if (row.histograms() != null) {
        natives.put(row.labels(), row);
      }
      if (row.numbers() > 0) {
        addBucket(row);
      }
    }
    classics.values().forEach(bounds -> bounds.sort(Comparator.comparingDouble(Bound::upper)));
  }

  private void addBucket(Row row) {
    String text = row.labels().get(BOUND);
    Optional<Double> upper = Numbers.parse(text);
    if (upper.isEmpty()) {
      arguments.notes().badBucket(metric(row.labels()), text, span);
    } else {
      classics
          .computeIfAbsent(row.labels().without(BOUND), _ -> new ArrayList<>())
          .add(new Bound(upper.get(), row.values()));
    }
  }

  /// Functions take the name off first, unless names are to wait for the end of the query.
  private String metric(Labels labels) {
    return naming.delayed() ? labels.metric() : "";
  }

  Span span() {
    return span;
  }

  /// Hands out the labels of each result and its values at all steps.
  void apply(Function function, BiConsumer<Labels, double[]> result) {
    natives.forEach((labels, row) -> {
      arguments.budget().check();
      double[] values = arguments.row();
      List<Bound> bounds = classics.getOrDefault(labels, List.of());
      for (int step = 0; step < values.length; step++) {
        Histogram histogram = row.histogram(step);
        if (histogram != null && isAny(bounds, step)) {
          new HistogramNotes(arguments.notes()).mixedWithClassic(metric(labels), span);
        } else if (histogram != null) {
          values[step] = function.of(histogram, step, metric(labels));
        }
      }
      result.accept(naming.computed(labels), values);
    });
    classics.forEach((labels, bounds) -> {
      arguments.budget().check();
      double[] values = arguments.row();
      Row beside = natives.get(labels);
      for (int step = 0; step < values.length; step++) {
        boolean isNative = beside != null && beside.histogram(step) != null;
        if (!isNative && isAny(bounds, step)) {
          values[step] = function.of(buckets(bounds, step), step, metric(labels));
        }
      }
      result.accept(naming.computed(labels), values);
    });
  }

  private static boolean isAny(List<Bound> bounds, int step) {
    return bounds.stream().anyMatch(bound -> Row.isPresent(bound.counts()[step]));
  }

  private static Buckets buckets(List<Bound> bounds, int step) {
    Buckets buckets = new Buckets(bounds.size());
    for (Bound bound : bounds) {
      if (Row.isPresent(bound.counts()[step])) {
        buckets.add(bound.upper(), bound.counts()[step]);
      }
    }
    return buckets;
  }
}
