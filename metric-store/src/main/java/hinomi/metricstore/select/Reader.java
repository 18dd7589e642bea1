package hinomi.metricstore.select;

import hinomi.metricstore.block.Block;
import hinomi.metricstore.block.Blocks;
import hinomi.metricstore.chunk.Piece;
import hinomi.metricstore.chunk.Pieces;
import hinomi.metricstore.head.Head;
import hinomi.metricstore.head.SeriesView;
import hinomi.model.Labels;
import hinomi.model.Matcher;
import hinomi.model.OverLimit;
import hinomi.model.Points;
import hinomi.model.StoredSeries;
import hinomi.model.Unavailable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;

/// Answers queries. Always asks the head before the blocks: what moves from one to the other
/// meanwhile is then seen twice rather than missed, and twice is once after merging. Any thread.
public final class Reader {
  private final Head head;
  private final Blocks blocks;
  private final long maxSamples;

  /// @param maxSamples a query that would read more is refused with [OverLimit]
  public Reader(Head head, Blocks blocks, long maxSamples) {
    this.head = head;
    this.blocks = blocks;
    this.maxSamples = maxSamples;
  }

  /// The series that fit, to be read whenever the caller likes; one may turn out to be without
  /// samples between the two times.
  public List<StoredSeries> select(List<Matcher> matchers, long from, long to) {
    return reading(() -> {
      Map<Labels, List<Piece>> found = find(matchers, from, to);
      check(found);
      List<StoredSeries> answer = new ArrayList<>(found.size());
      found.forEach((labels, pieces) -> answer.add(new Found(labels, pieces, from, to)));
      return answer;
    });
  }

  /// What was found of one series.
  private record Found(Labels labels, List<Piece> pieces, long from, long to)
      implements StoredSeries {
    @Override
    public int size() {
      return Pieces.count(pieces);
    }

    @Override
    public void read(Points into) {
      reading(() -> {
        Pieces.read(pieces, from, to, into);
        return into;
      });
    }
  }

  public List<Labels> series(List<Matcher> matchers, long from, long to) {
    return reading(() -> find(matchers, from, to).keySet().stream().sorted().toList());
  }

  public List<String> labelNames(List<Matcher> matchers, long from, long to) {
    return reading(() -> {
      Set<String> names = new TreeSet<>();
      if (matchers.isEmpty()) {
        names.addAll(head.labelNames(from, to));
        blocks.overlapping(from, to).forEach(block -> names.addAll(block.labelNames()));
      } else {
        find(matchers, from, to)
            .keySet()
            .forEach(labels -> labels.forEach((name, _) -> names.add(name)));
      }
      return List.copyOf(names);
    });
  }

  public List<String> labelValues(String name, List<Matcher> matchers, long from, long to) {
    return reading(() -> {
      Set<String> values = new TreeSet<>();
      if (matchers.isEmpty()) {
        values.addAll(head.labelValues(name, from, to));
        blocks.overlapping(from, to).forEach(block -> values.addAll(block.labelValues(name)));
      } else {
        find(matchers, from, to).keySet().forEach(labels -> values.add(labels.get(name)));
        values.remove("");
      }
      return List.copyOf(values);
    });
  }

  /// A mapped file whose disk fails shows as `InternalError`.
  private static <T> T reading(Supplier<T> query) {
    try {
      return query.get();
    } catch (InternalError e) {
      throw new Unavailable("a metric block cannot be read: " + e.getMessage(), e);
    }
  }

  private Map<Labels, List<Piece>> find(List<Matcher> matchers, long from, long to) {
    Map<Labels, List<Piece>> found = new HashMap<>();
    for (SeriesView view : head.views(matchers, from, to)) {
      found.put(view.labels(), view.pieces(from, to));
    }
    for (Block block : blocks.overlapping(from, to)) {
      for (Block.Part part : block.parts(matchers, from, to)) {
        found.computeIfAbsent(part.labels(), _ -> new ArrayList<>()).addAll(part.pieces());
      }
    }
    return found;
  }

  private void check(Map<Labels, List<Piece>> found) {
    long samples = 0;
    for (List<Piece> pieces : found.values()) {
      for (Piece piece : pieces) {
        samples += piece.count();
      }
    }
    if (samples > maxSamples) {
      throw OverLimit.cost(
          "the query would read " + samples + " samples, more than the limit of " + maxSamples);
    }
  }
}
