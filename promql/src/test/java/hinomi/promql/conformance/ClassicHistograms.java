package hinomi.promql.conformance;

import hinomi.model.Histogram;
import hinomi.model.Labels;
import hinomi.promql.memory.MemorySeries;
import hinomi.promql.notation.Point;
import hinomi.promql.notation.SeriesLine;
import hinomi.promql.parse.Numbers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/// The classic histograms among the series of a `load_with_nhcb`, turned into native ones with
/// custom bounds.
final class ClassicHistograms {
  private final Map<Labels, TreeMap<Integer, Parts>> found = new TreeMap<>();

  /// One histogram at one time, cumulative.
  private static final class Parts {
    final TreeMap<Double, Double> buckets = new TreeMap<>();
    Optional<Double> count = Optional.empty();
    double sum;

    Histogram histogram() {
      double total = count.orElseGet(() -> buckets.isEmpty() ? 0 : buckets.lastEntry().getValue());
      buckets.putIfAbsent(Double.POSITIVE_INFINITY, total);
      double[] counts = new double[buckets.size()];
      List<Double> bounds = new ArrayList<>(buckets.keySet());
      double before = 0;
      for (int i = 0; i < counts.length; i++) {
        double cumulative = buckets.getOrDefault(bounds.get(i), 0.0);
        counts[i] = cumulative - before;
        before = cumulative;
      }
      return new Histogram(
          Histogram.Reset.UNKNOWN,
          Histogram.CUSTOM_BOUNDS,
          0,
          0,
          total,
          sum,
          new Histogram.Buckets(new int[] {0, counts.length}, counts),
          Histogram.Buckets.NONE,
          bounds.stream().limit(counts.length - 1).mapToDouble(Double::doubleValue).toArray());
    }
  }

  void add(SeriesLine line) {
    String name = line.labels().metric();
    Labels bare = line.labels().without(List.of("le"));
    if (name.endsWith("_bucket")) {
      Numbers.parse(line.labels().get("le"))
          .filter(bound -> !bound.isNaN())
          .ifPresent(bound ->
              each(bare, "_bucket", line, (parts, value) -> parts.buckets.put(bound, value)));
    } else if (name.endsWith("_count")) {
      each(bare, "_count", line, (parts, value) -> parts.count = Optional.of(value));
    } else if (name.endsWith("_sum")) {
      each(bare, "_sum", line, (parts, value) -> parts.sum = value);
    }
  }

  private void each(
      Labels labels, String suffix, SeriesLine line, BiConsumer<Parts, Double> setter) {
    String name = labels.metric();
    Labels histogram = labels.with(Labels.NAME, name.substring(0, name.length() - suffix.length()));
    TreeMap<Integer, Parts> steps = found.computeIfAbsent(histogram, _ -> new TreeMap<>());
    for (int i = 0; i < line.values().size(); i++) {
      if (line.values().get(i).orElse(null) instanceof Point.Plain number) {
        setter.accept(steps.computeIfAbsent(i, _ -> new Parts()), number.value());
      }
    }
  }

  void into(MemorySeries source, long step) {
    found.forEach((labels, steps) ->
        steps.forEach((i, parts) -> source.add(labels, i * step, parts.histogram())));
  }
}
