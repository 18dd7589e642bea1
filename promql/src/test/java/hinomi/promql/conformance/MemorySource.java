package hinomi.promql.conformance;

import hinomi.model.Labels;
import hinomi.model.Matcher;
import hinomi.model.Series;
import hinomi.promql.SeriesIndex;
import hinomi.promql.SeriesSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Series in maps: the simplest source that keeps the port's promises. Counts its reads.
public final class MemorySource implements SeriesSource, SeriesIndex {
  private final Map<Labels, TreeMap<Long, Double>> series = new TreeMap<>();
  private int reads;

  public void add(Labels labels, long timestamp, double value) {
    series.computeIfAbsent(labels, _ -> new TreeMap<>()).put(timestamp, value);
  }

  public void clear() {
    series.clear();
  }

  public int reads() {
    return reads;
  }

  @Override
  public List<Series> select(List<Matcher> matchers, long fromMillis, long toMillis) {
    reads++;
    List<Series> found = new ArrayList<>();
    if (fromMillis > toMillis) {
      return found;
    }
    series.forEach((labels, samples) -> {
      if (Matcher.allMatch(matchers, labels)) {
        Map<Long, Double> part = samples.subMap(fromMillis, true, toMillis, true);
        if (!part.isEmpty()) {
          long[] times = part.keySet().stream().mapToLong(Long::longValue).toArray();
          double[] values = part.values().stream().mapToDouble(Double::doubleValue).toArray();
          found.add(new Series(labels, times, values));
        }
      }
    });
    return found;
  }

  @Override
  public List<Labels> series(List<Matcher> matchers, long fromMillis, long toMillis) {
    return select(matchers, fromMillis, toMillis).stream().map(Series::labels).toList();
  }
}
