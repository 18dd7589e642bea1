package hinomi.metricstore.rollup;

import hinomi.metricstore.block.Block;
import hinomi.metricstore.chunk.Piece;
import hinomi.metricstore.chunk.Pieces;
import hinomi.model.Labels;
import hinomi.model.Matcher;
import hinomi.model.Points;
import hinomi.model.Rolled;
import hinomi.model.Rolled.Column;
import hinomi.model.RolledHistogram.Part;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// What is left of samples that are gone: the last one of each bucket, at its own time, of the
/// finest buckets that there are. Any thread.
public final class Thinned {
  private static final Set<Column> LAST = Set.of(Column.LAST, Column.LAST_TIME);
  private static final Set<String> COLUMNS = columns();

  private final Rollups rollups;

  public Thinned(Rollups rollups) {
    this.rollups = rollups;
  }

  private static Set<String> columns() {
    Set<String> columns = new TreeSet<>(Columns.wanted(LAST));
    columns.addAll(HistogramColumns.wanted(Part.of(LAST)));
    return columns;
  }

  /// Whether samples after a time are gone and buckets are not.
  public boolean reaches(long from) {
    Ledger.State state = rollups.state();
    return from < state.samplesFrom() && state.through() > Long.MIN_VALUE;
  }

  /// How far apart samples are at a time: the width of the finest buckets; 0 where samples are
  /// kept.
  public long spacing(long at) {
    Ledger.State state = rollups.state();
    if (at >= state.samplesFrom() || state.through() == Long.MIN_VALUE) {
      return 0;
    }
    return Tier.ALL.get(finest(state, at)).width();
  }

  private static int finest(Ledger.State state, long at) {
    int level = 0;
    while (level < Tier.ALL.size() - 1 && state.bucketsFrom()[level] >= at) {
      level++;
    }
    return level;
  }

  /// The pieces between two times, both included, of the series that fit.
  public Map<Labels, List<Piece>> pieces(List<Matcher> matchers, long from, long to) {
    Map<Labels, List<Piece>> found = new HashMap<>();
    List<Matcher> outdated = Columns.matchers(matchers, HistogramColumns.OUTDATED);
    long end = Math.min(to, rollups.state().samplesFrom() - 1);
    for (Zone zone : zones()) {
      long first = Math.max(from, zone.from());
      long last = Math.min(end, zone.to());
      if (first > last) {
        continue;
      }
      // The sample of a bucket is before the bucket's end.
      long lastEnd = Math.min(zone.to(), zone.tier().end(last));
      Map<Labels, Map<String, List<Piece>>> columns = new HashMap<>();
      for (Block block : rollups.blocks(zone.tier()).overlapping(first, lastEnd)) {
        for (String column : COLUMNS) {
          for (Block.Part part : block.parts(Columns.matchers(matchers, column), first, lastEnd)) {
            columns
                .computeIfAbsent(Columns.bare(part.labels()), _ -> new HashMap<>())
                .computeIfAbsent(column, _ -> new ArrayList<>())
                .addAll(part.pieces());
          }
        }
        for (Block.Part part : block.parts(outdated, first, last)) {
          found
              .computeIfAbsent(Columns.bare(part.labels()), _ -> new ArrayList<>())
              .addAll(part.pieces());
        }
      }
      columns.forEach((labels, own) ->
          found
              .computeIfAbsent(labels, _ -> new ArrayList<>())
              .add(new Lasts(zone.tier(), own, first, last, lastEnd)));
    }
    return found;
  }

  /// The values of a label of what is left, or the names of all labels.
  public Set<String> names(long from, long to) {
    Set<String> names = new TreeSet<>();
    blocks(from, to).forEach(block -> names.addAll(block.labelNames()));
    names.remove(Columns.LABEL);
    return names;
  }

  public Set<String> values(String name, long from, long to) {
    Set<String> values = new TreeSet<>();
    if (!name.equals(Columns.LABEL)) {
      blocks(from, to).forEach(block -> values.addAll(block.labelValues(name)));
    }
    return values;
  }

  private List<Block> blocks(long from, long to) {
    List<Block> blocks = new ArrayList<>();
    for (Zone zone : zones()) {
      if (from <= zone.to() && to >= zone.from()) {
        blocks.addAll(rollups.blocks(zone.tier()).overlapping(from, to));
      }
    }
    return blocks;
  }

  /// Where the buckets of a tier are the finest, both ends included.
  private record Zone(Tier tier, long from, long to) {}

  private List<Zone> zones() {
    Ledger.State state = rollups.state();
    List<Zone> zones = new ArrayList<>();
    long to = state.samplesFrom() == Long.MIN_VALUE ? Long.MIN_VALUE : state.samplesFrom() - 1;
    to = to == Long.MIN_VALUE ? to : Tier.FIVE_MINUTES.end(to);
    for (Tier tier : Tier.ALL) {
      long gone = state.bucketsFrom()[tier.level()];
      long from = gone == Long.MIN_VALUE ? gone : gone + 1;
      if (from <= to) {
        zones.add(new Zone(tier, from, to));
        to = gone;
      }
    }
    return zones;
  }

  /// The last samples of buckets.
  ///
  /// @param from of the samples wanted, included; likewise `to`
  /// @param lastEnd of the buckets that may hold them
  private record Lasts(
      Tier tier, Map<String, List<Piece>> columns, long from, long to, long lastEnd)
      implements Piece {
    @Override
    public long first() {
      return from;
    }

    @Override
    public long last() {
      return to;
    }

    @Override
    public int count() {
      return count(Columns.text(Column.LAST)) + count(HistogramColumns.text(Part.LAST));
    }

    private int count(String column) {
      return Pieces.count(columns.getOrDefault(column, List.of()));
    }

    @Override
    public void read(long readFrom, long readTo, Points into) {
      Rolled buckets = new Rolled(LAST);
      long begin = Math.max(Long.MIN_VALUE + 1, Math.max(from, readFrom));
      Columns.read(columns, tier, begin - 1, lastEnd, buckets);
      for (int i = 0; i < buckets.size(); i++) {
        long time = (long) buckets.value(Column.LAST_TIME, i);
        if (time >= Math.max(from, readFrom) && time <= Math.min(to, readTo)) {
          into.add(time, buckets.value(Column.LAST, i));
        }
      }
      for (int i = 0; i < buckets.histogramCount(); i++) {
        long time = buckets.histogram(i).lastTime();
        if (time >= Math.max(from, readFrom) && time <= Math.min(to, readTo)) {
          buckets.histogram(i).part(Part.LAST).ifPresent(histogram -> into.add(time, histogram));
        }
      }
    }
  }
}
