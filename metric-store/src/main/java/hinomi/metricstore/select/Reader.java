package hinomi.metricstore.select;

import hinomi.metricstore.block.Block;
import hinomi.metricstore.block.Blocks;
import hinomi.metricstore.chunk.Piece;
import hinomi.metricstore.chunk.SeriesPieces;
import hinomi.metricstore.head.Head;
import hinomi.metricstore.head.SeriesView;
import hinomi.metricstore.rollup.Thinned;
import hinomi.model.Labels;
import hinomi.model.Matcher;
import hinomi.model.StoredSeries;
import hinomi.model.Unavailable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Supplier;

/// Answers queries. Always asks the head before the blocks: what moves from one to the other
/// meanwhile is then seen twice rather than missed, and twice is once after merging. Blocks that
/// end before a query begins are not touched. Any thread.
public final class Reader {
  private final Head head;
  private final Blocks blocks;
  private final Thinned thinned;

  public Reader(Head head, Blocks blocks, Thinned thinned) {
    this.head = head;
    this.blocks = blocks;
    this.thinned = thinned;
  }

  /// The series that fit, to be read whenever the caller likes; one may turn out to be without
  /// samples between the two times.
  public List<StoredSeries> select(List<Matcher> matchers, long from, long to) {
    return reading(() -> {
      List<SeriesView> views = head.views(matchers, from, to);
      List<Block> overlapping = blocks.overlapping(from, to);
      List<SeriesPieces> answer;
      if (thinned.reaches(from)) {
        answer = merged(views, overlapping, matchers, from, to);
        addThinned(thinned.pieces(matchers, from, to), answer, from, to);
      } else if (overlapping.isEmpty()) {
        answer = ofHead(views, from, to);
      } else if (views.isEmpty() && overlapping.size() == 1) {
        answer = ofBlock(overlapping.getFirst(), matchers, from, to);
      } else {
        answer = merged(views, overlapping, matchers, from, to);
      }
      return List.copyOf(answer);
    });
  }

  private static List<SeriesPieces> ofHead(List<SeriesView> views, long from, long to) {
    List<SeriesPieces> answer = new ArrayList<>(views.size());
    for (SeriesView view : views) {
      answer.add(new SeriesPieces(view.labels(), view.pieces(from, to), from, to));
    }
    return answer;
  }

  private static List<SeriesPieces> ofBlock(
      Block block, List<Matcher> matchers, long from, long to) {
    List<Block.Part> parts = block.parts(matchers, from, to);
    List<SeriesPieces> answer = new ArrayList<>(parts.size());
    for (Block.Part part : parts) {
      answer.add(new SeriesPieces(part.labels(), part.pieces(), from, to));
    }
    return answer;
  }

  private static List<SeriesPieces> merged(
      List<SeriesView> views, List<Block> overlapping, List<Matcher> matchers, long from, long to) {
    Map<Labels, List<Piece>> found = new HashMap<>();
    for (SeriesView view : views) {
      found.put(view.labels(), view.pieces(from, to));
    }
    for (Block block : overlapping) {
      for (Block.Part part : block.parts(matchers, from, to)) {
        found.computeIfAbsent(part.labels(), _ -> new ArrayList<>(4)).addAll(part.pieces());
      }
    }
    List<SeriesPieces> answer = new ArrayList<>(found.size());
    found.forEach((labels, pieces) -> answer.add(new SeriesPieces(labels, pieces, from, to)));
    return answer;
  }

  /// What is left of samples that are gone.
  private static void addThinned(
      Map<Labels, List<Piece>> left, List<SeriesPieces> answer, long from, long to) {
    for (SeriesPieces found : answer) {
      List<Piece> own = left.remove(found.labels());
      if (own != null) {
        found.pieces().addAll(own);
      }
    }
    left.forEach((labels, pieces) -> answer.add(new SeriesPieces(labels, pieces, from, to)));
  }

  public List<Labels> series(List<Matcher> matchers, long from, long to) {
    return reading(() -> {
      List<Labels> sorted = new ArrayList<>(labels(matchers, from, to));
      sorted.sort(null);
      return sorted;
    });
  }

  /// Without matchers a label counts when its block, or the head, has samples of that time.
  public List<String> labelNames(List<Matcher> matchers, long from, long to) {
    return reading(() -> {
      if (matchers.isEmpty()) {
        Set<String> ofHead = head.labelNames(from, to);
        if (thinned.reaches(from)) {
          ofHead = new TreeSet<>(ofHead);
          ofHead.addAll(thinned.names(from, to));
        }
        return united(ofHead, Block::labelNames, from, to);
      }
      Set<String> names = new TreeSet<>();
      labels(matchers, from, to).forEach(each -> each.forEach((name, _) -> names.add(name)));
      return List.copyOf(names);
    });
  }

  /// As [#labelNames].
  public List<String> labelValues(String name, List<Matcher> matchers, long from, long to) {
    return reading(() -> {
      if (matchers.isEmpty()) {
        Set<String> ofHead = head.labelValues(name, from, to);
        if (thinned.reaches(from)) {
          ofHead = new TreeSet<>(ofHead);
          ofHead.addAll(thinned.values(name, from, to));
        }
        return united(ofHead, block -> block.labelValues(name), from, to);
      }
      Set<String> values = new TreeSet<>();
      labels(matchers, from, to).forEach(each -> values.add(each.get(name)));
      values.remove("");
      return List.copyOf(values);
    });
  }

  /// @param ofHead sorted
  /// @param ofBlock sorted
  private List<String> united(
      Set<String> ofHead, Function<Block, List<String>> ofBlock, long from, long to) {
    List<Block> overlapping = blocks.overlapping(from, to);
    if (overlapping.isEmpty()) {
      return List.copyOf(ofHead);
    }
    if (ofHead.isEmpty() && overlapping.size() == 1) {
      return List.copyOf(ofBlock.apply(overlapping.getFirst()));
    }
    Set<String> all = new TreeSet<>(ofHead);
    overlapping.forEach(block -> all.addAll(ofBlock.apply(block)));
    return List.copyOf(all);
  }

  /// Each once.
  private Collection<Labels> labels(List<Matcher> matchers, long from, long to) {
    List<SeriesView> views = head.views(matchers, from, to);
    List<Block> overlapping = blocks.overlapping(from, to);
    if (views.isEmpty() && overlapping.size() == 1 && !thinned.reaches(from)) {
      return overlapping.getFirst().parts(matchers, from, to).stream()
          .map(Block.Part::labels)
          .toList();
    }
    Set<Labels> found = new HashSet<>();
    views.forEach(view -> found.add(view.labels()));
    for (Block block : overlapping) {
      block.parts(matchers, from, to).forEach(part -> found.add(part.labels()));
    }
    if (thinned.reaches(from)) {
      found.addAll(thinned.pieces(matchers, from, to).keySet());
    }
    return found;
  }

  /// A mapped file whose disk fails shows as `InternalError`.
  private static <T> T reading(Supplier<T> query) {
    try {
      return query.get();
    } catch (InternalError e) {
      throw new Unavailable("a metric block cannot be read: " + e.getMessage(), e);
    }
  }
}
