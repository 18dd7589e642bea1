package hinomi.metricstore.rollup;

import hinomi.metricstore.chunk.Piece;
import hinomi.metricstore.chunk.Pieces;
import hinomi.model.Labels;
import hinomi.model.Points;
import hinomi.model.Rolled;
import hinomi.model.Rolled.Column;
import hinomi.model.RolledSeries;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// What was found of one series: samples in pieces and buckets in columns, to be read along a
/// [Cover]. Filled by one thread, then read by any.
final class RolledFound implements RolledSeries {
  private final Labels labels;
  private final Cover cover;
  private final List<Piece> samples = new ArrayList<>();
  private int size;
  private final Map<Tier, Map<String, List<Piece>>> buckets = new EnumMap<>(Tier.class);

  RolledFound(Labels labels, Cover cover) {
    this.labels = labels;
    this.cover = cover;
  }

  void addSamples(List<Piece> pieces) {
    samples.addAll(pieces);
  }

  /// @param column its text
  void addBuckets(Tier tier, String column, List<Piece> pieces) {
    buckets
        .computeIfAbsent(tier, _ -> new HashMap<>())
        .computeIfAbsent(column, _ -> new ArrayList<>())
        .addAll(pieces);
  }

  /// Whether samples tell since when they count.
  boolean hasStarts() {
    return samples.stream().anyMatch(Piece::hasStarts);
  }

  @Override
  public Labels labels() {
    return labels;
  }

  /// Says that all pieces are there.
  void complete() {
    samples.sort(Comparator.comparingLong(Piece::first));
    double entries = 0;
    int first = 0;
    for (Cover.Stretch stretch : cover.stretches()) {
      if (stretch.tier().isPresent()) {
        entries += (double) (stretch.to() - stretch.from()) / stretch.tier().get().width();
      } else {
        first = firstOf(stretch, first);
        for (int i = first; i < samples.size(); i++) {
          Piece piece = samples.get(i);
          if (piece.first() > stretch.to()) {
            break;
          }
          double common =
              (double) Math.min(stretch.to(), piece.last())
                  - Math.max(stretch.from(), piece.first());
          double whole = Math.max(1, (double) piece.last() - piece.first());
          entries += Math.ceil(piece.count() * Math.clamp(common / whole, 0, 1));
        }
      }
    }
    size = (int) Math.min(Integer.MAX_VALUE, entries);
  }

  /// The first piece that may reach into a stretch, from a former stretch's on.
  private int firstOf(Cover.Stretch stretch, int from) {
    int first = from;
    while (first < samples.size() && samples.get(first).last() <= stretch.from()) {
      first++;
    }
    return first;
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public void read(Rolled into) {
    Map<Tier, Run> runs = new EnumMap<>(Tier.class);
    Points points = new Points(0);
    List<Piece> some = new ArrayList<>();
    int first = 0;
    for (Cover.Stretch stretch : cover.stretches()) {
      if (stretch.tier().isPresent()) {
        Tier tier = stretch.tier().get();
        Run run = runs.get(tier);
        if (run == null) {
          run = new Run(all(tier, into));
          runs.put(tier, run);
        }
        run.give(stretch.from(), stretch.to(), into);
      } else {
        points.clear();
        some.clear();
        first = firstOf(stretch, first);
        for (int i = first; i < samples.size(); i++) {
          Piece piece = samples.get(i);
          if (piece.first() > stretch.to()) {
            break;
          }
          if (piece.last() > stretch.from()) {
            some.add(piece);
          }
        }
        Pieces.read(some, stretch.from() + 1, stretch.to(), points);
        into.addAll(points);
      }
    }
  }

  /// All buckets of a tier that any stretch wants: they are few, and unpacked once.
  private Rolled all(Tier tier, Rolled like) {
    long from = Long.MAX_VALUE;
    long to = Long.MIN_VALUE;
    for (Cover.Stretch stretch : cover.stretches()) {
      if (stretch.tier().isPresent() && stretch.tier().get() == tier) {
        from = Math.min(from, stretch.from());
        to = Math.max(to, stretch.to());
      }
    }
    Rolled all = new Rolled(like.columns());
    Columns.read(buckets.getOrDefault(tier, Map.of()), tier, from, to, all);
    return all;
  }

  /// Buckets that are given on stretch by stretch.
  private static final class Run {
    private final Rolled all;
    private int at;
    private int histogramAt;

    Run(Rolled all) {
      this.all = all;
    }

    void give(long from, long to, Rolled into) {
      while (at < all.size() && all.end(at) <= from) {
        at++;
      }
      for (; at < all.size() && all.end(at) <= to; at++) {
        int entry = into.add(all.end(at));
        for (Column column : into.columns()) {
          into.set(column, entry, all.value(column, at));
        }
      }
      int histograms = all.histogramCount();
      while (histogramAt < histograms && all.histogram(histogramAt).end() <= from) {
        histogramAt++;
      }
      while (histogramAt < histograms && all.histogram(histogramAt).end() <= to) {
        into.add(all.histogram(histogramAt++));
      }
    }
  }
}
