package hinomi.metricstore.head;

import hinomi.metricstore.index.LabelName;
import hinomi.metricstore.index.Pair;
import hinomi.metricstore.index.PairIndex;
import hinomi.model.Labels;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/// What is in memory and where most of it comes from, as Prometheus' `/api/v1/status/tsdb` tells
/// it. Lists begin with the largest.
///
/// @param labelPairs how many different pairs of name and value there are
/// @param seriesByMetric metrics with most series
/// @param valuesByLabel label names with most values
/// @param bytesByLabel label names whose values are longest, each counted for each series
/// @param seriesByPair `name=value` with most series
public record HeadStatus(
    Sizes sizes,
    int labelPairs,
    List<Count> seriesByMetric,
    List<Count> valuesByLabel,
    List<Count> bytesByLabel,
    List<Count> seriesByPair) {
  /// @param oldest timestamp of the oldest sample in memory, milliseconds since the epoch;
  ///   `Long.MAX_VALUE` when there is none
  /// @param newest likewise; `Long.MIN_VALUE` when there is none
  public record Sizes(int series, long chunks, long oldest, long newest) {}

  /// @param name of whatever the list is about
  public record Count(String name, long count) {}

  static HeadStatus of(PairIndex index, Sizes sizes, int limit) {
    Top metrics = new Top(limit);
    Top values = new Top(limit);
    Top bytes = new Top(limit);
    Top pairs = new Top(limit);
    for (LabelName name : index.names()) {
      long length = 0;
      for (Pair pair : name.pairs()) {
        String value = pair.value();
        if (name.text().equals(Labels.NAME)) {
          metrics.add(value, pair.count());
        }
        if (pairs.wants(pair.count())) {
          pairs.add(name.text() + "=" + value, pair.count());
        }
        length += (long) value.getBytes(StandardCharsets.UTF_8).length * pair.count();
      }
      values.add(name.text(), name.pairs().size());
      bytes.add(name.text(), length);
    }
    return new HeadStatus(
        sizes, index.size(), metrics.list(), values.list(), bytes.list(), pairs.list());
  }

  private static final class Top {
    private static final Comparator<Count> SMALLEST_FIRST =
        Comparator.comparingLong(Count::count)
            .thenComparing(Count::name, Comparator.reverseOrder());

    private final int limit;
    private final PriorityQueue<Count> kept = new PriorityQueue<>(SMALLEST_FIRST);

    Top(int limit) {
      this.limit = limit;
    }

    boolean wants(long count) {
      Count smallest = kept.peek();
      return kept.size() < limit || (smallest != null && count >= smallest.count());
    }

    void add(String name, long count) {
      if (wants(count)) {
        kept.add(new Count(name, count));
        if (kept.size() > limit) {
          kept.remove();
        }
      }
    }

    List<Count> list() {
      List<Count> sorted = new ArrayList<>(kept);
      sorted.sort(SMALLEST_FIRST.reversed());
      return List.copyOf(sorted);
    }
  }
}
