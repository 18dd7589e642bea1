package hinomi.promql.conformance;

import hinomi.model.Histogram;
import hinomi.model.Labels;
import hinomi.model.Matcher;
import hinomi.model.Points;
import hinomi.model.StoredSeries;
import hinomi.model.histogram.Resets;
import hinomi.promql.SeriesIndex;
import hinomi.promql.SeriesSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;

/// Series in maps: the simplest source that keeps the port's promises. Counts its reads.
public final class MemorySource implements SeriesSource, SeriesIndex {
  private final Map<Labels, TreeMap<Long, Object>> series = new TreeMap<>();
  private final Map<Labels, TreeMap<Long, Long>> starts = new TreeMap<>();
  private final AtomicInteger reads = new AtomicInteger();

  public void add(Labels labels, long timestamp, double value) {
    put(labels, timestamp, value);
  }

  /// Later than all before of the series.
  public void add(Labels labels, long timestamp, Histogram value) {
    TreeMap<Long, Object> samples = series.computeIfAbsent(labels, _ -> new TreeMap<>());
    boolean continues =
        value.reset() == Histogram.Reset.UNKNOWN
            && samples.lowerEntry(timestamp) != null
            && samples.lowerEntry(timestamp).getValue() instanceof Histogram before
            && continues(before, value);
    put(labels, timestamp, continues ? value.with(Histogram.Reset.NOT_RESET) : value);
  }

  /// Whether a store that keeps like histograms together knows that one counts on from another.
  private static boolean continues(Histogram before, Histogram now) {
    return before.reset() != Histogram.Reset.GAUGE
        && before.schema() == now.schema()
        && before.zeroThreshold() == now.zeroThreshold()
        && Arrays.equals(before.bounds(), now.bounds())
        && !Resets.isBetween(before, now);
  }

  private void put(Labels labels, long timestamp, Object value) {
    series.computeIfAbsent(labels, _ -> new TreeMap<>()).put(timestamp, value);
  }

  /// Says since when the sample of that time counts.
  public void start(Labels labels, long timestamp, long start) {
    starts.computeIfAbsent(labels, _ -> new TreeMap<>()).put(timestamp, start);
  }

  public void clear() {
    series.clear();
    starts.clear();
  }

  public int reads() {
    return reads.get();
  }

  @Override
  public List<? extends StoredSeries> select(
      List<Matcher> matchers, long fromMillis, long toMillis) {
    reads.incrementAndGet();
    List<Held> found = new ArrayList<>();
    if (fromMillis > toMillis) {
      return found;
    }
    series.forEach((labels, samples) -> {
      if (Matcher.allMatch(matchers, labels)) {
        NavigableMap<Long, Object> part = samples.subMap(fromMillis, true, toMillis, true);
        if (!part.isEmpty()) {
          found.add(new Held(labels, part, starts.getOrDefault(labels, new TreeMap<>())));
        }
      }
    });
    return found;
  }

  /// @param samples numbers and histograms by time
  /// @param starts since when they count, where it is known
  private record Held(
      Labels labels, NavigableMap<Long, Object> samples, NavigableMap<Long, Long> starts)
      implements StoredSeries {
    @Override
    public int size() {
      return samples.size();
    }

    @Override
    public void read(Points into) {
      samples.forEach((time, sample) -> {
        if (sample instanceof Histogram histogram) {
          into.add(time, histogram);
          into.histogramStartedAt(starts.getOrDefault(time, 0L));
        } else {
          into.add(time, (Double) sample);
          into.startedAt(starts.getOrDefault(time, 0L));
        }
      });
    }
  }

  @Override
  public List<Labels> series(List<Matcher> matchers, long fromMillis, long toMillis) {
    return select(matchers, fromMillis, toMillis).stream()
        .<Labels>map(StoredSeries::labels)
        .toList();
  }
}
