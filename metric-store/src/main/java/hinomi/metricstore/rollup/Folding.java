package hinomi.metricstore.rollup;

import hinomi.model.Labels;
import hinomi.model.Points;
import hinomi.model.Rolled;
import hinomi.model.StoredSeries;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Walks over series and gives their buckets, column by column, in their order in a block. It holds
/// one series and those whose labels it goes on from. One thread.
final class Folding implements Iterator<StoredSeries> {
  private final Iterator<Unit> source;
  private final long width;
  private final Deque<Held> held = new ArrayDeque<>();
  private Iterator<StoredSeries> ready = List.<StoredSeries>of().iterator();

  /// One series with what there is to be folded.
  ///
  /// @param starts start timestamps, by the times of their samples
  record Unit(Labels labels, Rolled entries, SortedMap<Long, Double> starts) {}

  /// Columns that must wait: the label of the column comes last, so that a series stands behind
  /// those that have all of its labels and then more.
  private record Held(Labels labels, List<StoredSeries> columns) {}

  private Folding(Iterator<Unit> source, long width) {
    this.source = source;
    this.width = width;
    forward();
  }

  /// Of samples.
  static Folding ofSamples(Iterator<StoredSeries> series, Tier tier) {
    return new Folding(new Samples(series), tier.width());
  }

  /// Of finer buckets.
  static Folding ofBuckets(Iterator<StoredSeries> columns, Tier finer, Tier tier) {
    return new Folding(new Buckets(columns, finer), tier.width());
  }

  @Override
  public boolean hasNext() {
    return ready.hasNext();
  }

  @Override
  public StoredSeries next() {
    StoredSeries next = ready.next();
    forward();
    return next;
  }

  private void forward() {
    while (!ready.hasNext() && source.hasNext()) {
      Unit unit = source.next();
      List<StoredSeries> columns = fold(unit);
      if (!columns.isEmpty()) {
        // Those that this one does not go on from are complete.
        if (!held.isEmpty() && !goesOn(held.peek().labels(), unit.labels())) {
          emit(unit.labels());
        }
        held.push(new Held(unit.labels(), columns));
      }
    }
    if (!ready.hasNext() && !held.isEmpty()) {
      ready = held.pop().columns().iterator();
    }
  }

  private void emit(Labels next) {
    List<StoredSeries> some = new ArrayList<>();
    while (!held.isEmpty() && !goesOn(held.peek().labels(), next)) {
      some.addAll(held.pop().columns());
    }
    ready = some.iterator();
  }

  private static boolean goesOn(Labels one, Labels other) {
    if (one.size() >= other.size()) {
      return false;
    }
    for (int i = 0; i < one.size(); i++) {
      if (!one.name(i).equals(other.name(i)) || !one.value(i).equals(other.value(i))) {
        return false;
      }
    }
    return true;
  }

  private List<StoredSeries> fold(Unit unit) {
    Rolled buckets = new Rolled(Fold.ALL);
    Fold.into(unit.entries(), width, buckets);
    SortedMap<Long, Double> starts = new TreeMap<>();
    unit.starts().forEach((time, start) -> starts.put(Math.ceilDiv(time, width) * width, start));
    return Columns.stored(unit.labels(), buckets, starts, width);
  }

  private static final class Samples implements Iterator<Unit> {
    private final Iterator<StoredSeries> series;
    private final Points points = new Points(0);
    private final Rolled entries = new Rolled(Fold.ALL);

    Samples(Iterator<StoredSeries> series) {
      this.series = series;
    }

    @Override
    public boolean hasNext() {
      return series.hasNext();
    }

    @Override
    public Unit next() {
      StoredSeries each = series.next();
      points.clear();
      entries.clear();
      SortedMap<Long, Double> starts = new TreeMap<>();
      if (Columns.fits(each.labels())) {
        each.read(points);
        entries.addAll(points);
        addStarts(points, starts);
      }
      return new Unit(each.labels(), entries, starts);
    }

    private static void addStarts(Points samples, SortedMap<Long, Double> into) {
      if (!samples.hasStarts()) {
        return;
      }
      for (int i = 0; i < samples.size(); i++) {
        if (samples.start(i) != 0) {
          into.put(samples.timestamp(i), (double) samples.start(i));
        }
      }
      for (int i = 0; i < samples.histogramCount(); i++) {
        if (samples.histogramStart(i) != 0) {
          into.put(samples.histogramTimestamp(i), (double) samples.histogramStart(i));
        }
      }
    }
  }

  /// Puts neighbours that are columns of one series together.
  private static final class Buckets implements Iterator<Unit> {
    private final Iterator<StoredSeries> columns;
    private final Tier tier;
    private @Nullable StoredSeries ahead;

    Buckets(Iterator<StoredSeries> columns, Tier tier) {
      this.columns = columns;
      this.tier = tier;
      this.ahead = columns.hasNext() ? columns.next() : null;
    }

    @Override
    public boolean hasNext() {
      return ahead != null;
    }

    @Override
    public Unit next() {
      StoredSeries at = ahead;
      if (at == null) {
        throw new NoSuchElementException();
      }
      Labels labels = Columns.bare(at.labels());
      Map<String, Points> read = new HashMap<>();
      while (at != null && Columns.bare(at.labels()).equals(labels)) {
        Points points = new Points(0);
        at.read(points);
        read.put(at.labels().get(Columns.LABEL), points);
        at = columns.hasNext() ? columns.next() : null;
      }
      ahead = at;
      Rolled entries = new Rolled(Fold.ALL);
      Columns.align(read, tier, entries);
      SortedMap<Long, Double> starts = new TreeMap<>();
      Points told = read.getOrDefault(Columns.STARTS, new Points(0));
      for (int i = 0; i < told.size(); i++) {
        starts.put(told.timestamp(i), told.value(i));
      }
      return new Unit(labels, entries, starts);
    }
  }
}
