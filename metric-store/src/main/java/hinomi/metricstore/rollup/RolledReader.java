package hinomi.metricstore.rollup;

import hinomi.metricstore.block.Block;
import hinomi.metricstore.block.Blocks;
import hinomi.metricstore.chunk.Piece;
import hinomi.metricstore.head.Head;
import hinomi.metricstore.head.SeriesView;
import hinomi.model.Labels;
import hinomi.model.Matcher;
import hinomi.model.Rolled.Column;
import hinomi.model.RolledHistogram;
import hinomi.model.RolledSelection;
import hinomi.model.TimeRanges;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// Answers queries in buckets. Asks the head first, then what is rolled up, then the blocks: what
/// moves meanwhile is then seen where it was or where it is. Since samples may be rolled up and
/// gone between the last two, it looks again when the ledger has changed meanwhile. Any thread.
public final class RolledReader {
  private final Head head;
  private final Blocks samples;
  private final Rollups rollups;

  public RolledReader(Head head, Blocks samples, Rollups rollups) {
    this.head = head;
    this.samples = samples;
    this.rollups = rollups;
  }

  /// The series that fit, some of the columns of their buckets; empty where buckets are of no use
  /// and samples are to be asked for: for what is new, for ranges that fit no bucket, and where
  /// buckets of an earlier version have but the newest native histogram of some series; and for
  /// increases of counters that tell since when they count.
  public Optional<RolledSelection> select(
      List<Matcher> matchers, TimeRanges ranges, Set<Column> columns) {
    while (true) {
      long changes = rollups.changes();
      Optional<RolledSelection> found = select(matchers, ranges, columns, rollups.state());
      if (rollups.changes() == changes) {
        return found;
      }
    }
  }

  private Optional<RolledSelection> select(
      List<Matcher> matchers, TimeRanges ranges, Set<Column> columns, Ledger.State state) {
    if (Cover.of(ranges, state, Long.MAX_VALUE).isEmpty()) {
      return Optional.empty();
    }
    long from = ranges.begin() + 1;
    long to = ranges.lastEnd();
    List<SeriesView> views = head.views(matchers, from, to);
    long headFrom = Long.MAX_VALUE;
    for (SeriesView view : views) {
      for (Piece piece : view.pieces(from, to)) {
        headFrom = Math.min(headFrom, piece.first());
      }
    }
    Optional<Cover> cover = Cover.of(ranges, state, headFrom);
    if (cover.isEmpty() || has(HistogramColumns.OUTDATED, matchers, cover.get())) {
      return Optional.empty();
    }
    // Where a counter began anew is known to buckets by its fall alone.
    boolean startsMatter = columns.contains(Column.LOST) && cover.get().isExact();
    if (startsMatter && has(Columns.STARTS, matchers, cover.get())) {
      return Optional.empty();
    }
    Found found = new Found(cover.get());
    for (SeriesView view : views) {
      found.of(view.labels()).addSamples(view.pieces(from, to));
    }
    for (Block block : samples.overlapping(from, to)) {
      if (wants(cover.get(), Optional.empty(), block)) {
        for (Block.Part part : block.parts(matchers, from, to)) {
          found.of(part.labels()).addSamples(part.pieces());
        }
      }
    }
    if (startsMatter && found.all.values().stream().anyMatch(RolledFound::hasStarts)) {
      return Optional.empty();
    }
    for (Tier tier : Tier.ALL) {
      buckets(matchers, tier, columns, found);
    }
    found.all.values().forEach(RolledFound::complete);
    return Optional.of(new RolledSelection(List.copyOf(found.all.values()), cover.get().isExact()));
  }

  private void buckets(List<Matcher> matchers, Tier tier, Set<Column> columns, Found found) {
    Optional<Tier> own = Optional.of(tier);
    Set<String> numbers = Columns.wanted(columns);
    Set<String> histograms = HistogramColumns.wanted(RolledHistogram.Part.of(columns));
    for (Block block : rollups.blocks(tier).all()) {
      if (wants(found.cover, own, block)) {
        buckets(matchers, tier, numbers, block, found);
        if (Columns.isIn(block, HistogramColumns.COUNT)) {
          buckets(matchers, tier, histograms, block, found);
        }
      }
    }
  }

  private static void buckets(
      List<Matcher> matchers, Tier tier, Set<String> columns, Block block, Found found) {
    long from = from(found.cover, tier) + 1;
    long to = to(found.cover, tier);
    for (String column : columns) {
      for (Block.Part part : block.parts(Columns.matchers(matchers, column), from, to)) {
        found.of(Columns.bare(part.labels())).addBuckets(tier, column, part.pieces());
      }
    }
  }

  /// Whether buckets that are wanted have a column for some of the series.
  private boolean has(String column, List<Matcher> matchers, Cover cover) {
    List<Matcher> more = Columns.matchers(matchers, column);
    for (Tier tier : Tier.ALL) {
      for (Block block : rollups.blocks(tier).all()) {
        if (wants(cover, Optional.of(tier), block)
            && Columns.isIn(block, column)
            && !block.parts(more, from(cover, tier) + 1, to(cover, tier)).isEmpty()) {
          return true;
        }
      }
    }
    return false;
  }

  private static boolean wants(Cover cover, Optional<Tier> tier, Block block) {
    for (Cover.Stretch stretch : cover.stretches()) {
      if (stretch.tier().equals(tier) && block.overlaps(stretch.from() + 1, stretch.to())) {
        return true;
      }
    }
    return false;
  }

  private static final class Found {
    private final Cover cover;
    private final Map<Labels, RolledFound> all = new HashMap<>();

    Found(Cover cover) {
      this.cover = cover;
    }

    RolledFound of(Labels labels) {
      return all.computeIfAbsent(labels, _ -> new RolledFound(labels, cover));
    }
  }

  /// Where the buckets of a tier begin that are wanted.
  private static long from(Cover cover, Tier tier) {
    return of(cover, tier).mapToLong(Cover.Stretch::from).min().orElse(Long.MAX_VALUE - 1);
  }

  private static long to(Cover cover, Tier tier) {
    return of(cover, tier).mapToLong(Cover.Stretch::to).max().orElse(Long.MIN_VALUE);
  }

  private static Stream<Cover.Stretch> of(Cover cover, Tier tier) {
    return cover.stretches().stream().filter(each -> each.tier().equals(Optional.of(tier)));
  }
}
