package hinomi.promql.memory;

import hinomi.model.Admission;
import hinomi.model.Histogram;
import hinomi.model.HistogramSample;
import hinomi.model.Labels;
import hinomi.model.Matcher;
import hinomi.model.Sample;
import hinomi.model.StoredSeries;
import hinomi.model.Vector;
import hinomi.promql.SeriesIndex;
import hinomi.promql.SeriesSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/// Series in memory that grow at their ends, as those of a store do: a sample is taken if it is
/// later than all of its series, and one that is there already is taken again without a word. Who
/// adds must not do so while somebody asks; any number may ask together.
public final class MemorySeries implements SeriesSource, SeriesIndex {
  private final Map<String, Map<Labels, Column>> byMetric = new TreeMap<>();

  /// What became of a sample.
  public enum Taken {
    YES,
    /// Another value stands at its time.
    DUPLICATE,
    OUT_OF_ORDER
  }

  public Taken add(Labels labels, long timestamp, double value) {
    return column(labels).add(timestamp, value, 0);
  }

  /// @param start since when the sample counts, milliseconds since the epoch; 0 says nothing
  public Taken add(Labels labels, long timestamp, double value, long start) {
    return column(labels).add(timestamp, value, start);
  }

  public Taken add(Labels labels, long timestamp, Histogram value) {
    return column(labels).add(timestamp, value, 0);
  }

  /// @param start since when the sample counts, milliseconds since the epoch; 0 says nothing
  public Taken add(Labels labels, long timestamp, Histogram value, long start) {
    return column(labels).add(timestamp, value, start);
  }

  /// Adds many, and tells what was not taken as a store would.
  public Admission append(List<Sample> samples) {
    return append(Vector.of(samples));
  }

  /// Likewise, of both kinds.
  public Admission append(Vector vector) {
    Map<Taken, Integer> counts = new HashMap<>();
    Map<Taken, String> first = new LinkedHashMap<>();
    for (Sample sample : vector.samples()) {
      Taken taken = add(sample.labels(), sample.timestamp(), sample.value());
      counts.merge(taken, 1, Integer::sum);
      first.putIfAbsent(taken, why(taken, sample.labels(), sample.timestamp()));
    }
    for (HistogramSample sample : vector.histograms()) {
      Taken taken = add(sample.labels(), sample.timestamp(), sample.value());
      counts.merge(taken, 1, Integer::sum);
      first.putIfAbsent(taken, why(taken, sample.labels(), sample.timestamp()));
    }
    List<Admission.Refusal> refusals = new ArrayList<>();
    first.forEach((taken, why) -> {
      int count = counts.getOrDefault(taken, 0);
      switch (taken) {
        case YES -> {}
        case DUPLICATE -> refusals.add(new Admission.Refusal("duplicate", count, why));
        case OUT_OF_ORDER -> refusals.add(new Admission.Refusal("out_of_order", count, why));
      }
    });
    return new Admission(counts.getOrDefault(Taken.YES, 0), refusals);
  }

  private static String why(Taken taken, Labels labels, long timestamp) {
    return switch (taken) {
      case YES -> "";
      case DUPLICATE -> labels + " has another value at " + timestamp;
      case OUT_OF_ORDER -> labels + " has later samples than " + timestamp;
    };
  }

  private Column column(Labels labels) {
    return byMetric
        .computeIfAbsent(labels.metric(), _ -> new TreeMap<>())
        .computeIfAbsent(labels, Column::new);
  }

  public void clear() {
    byMetric.clear();
  }

  @Override
  public List<? extends StoredSeries> select(
      List<Matcher> matchers, long fromMillis, long toMillis) {
    List<StoredSeries> found = new ArrayList<>();
    if (fromMillis > toMillis) {
      return found;
    }
    for (Map<Labels, Column> columns : candidates(matchers)) {
      columns.forEach((labels, column) -> {
        if (Matcher.allMatch(matchers, labels)) {
          StoredSeries part = column.between(fromMillis, toMillis);
          if (part.size() > 0) {
            found.add(part);
          }
        }
      });
    }
    return found;
  }

  private Collection<Map<Labels, Column>> candidates(List<Matcher> matchers) {
    Predicate<Matcher> named =
        matcher -> matcher.name().equals(Labels.NAME) && matcher.kind() == Matcher.Kind.EQUAL;
    return matchers.stream()
        .filter(named)
        .findFirst()
        .<Collection<Map<Labels, Column>>>map(
            matcher -> List.of(byMetric.getOrDefault(matcher.value(), Map.of())))
        .orElse(byMetric.values());
  }

  @Override
  public List<Labels> series(List<Matcher> matchers, long fromMillis, long toMillis) {
    return select(matchers, fromMillis, toMillis).stream()
        .<Labels>map(StoredSeries::labels)
        .toList();
  }
}
