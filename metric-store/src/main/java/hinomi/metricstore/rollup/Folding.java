package hinomi.metricstore.rollup;

import hinomi.model.Histogram;
import hinomi.model.Labels;
import hinomi.model.Points;
import hinomi.model.Rolled;
import hinomi.model.Rolled.Column;
import hinomi.model.StoredSeries;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
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
  /// @param beside native histograms, and start timestamps as numbers at the times of their samples
  record Unit(Labels labels, Rolled entries, Points beside) {}

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
    return Columns.stored(unit.labels(), buckets, newest(unit.beside()), width);
  }

  /// The newest histogram and start timestamp of each bucket.
  private Points newest(Points beside) {
    Points newest = new Points(0);
    for (int i = 0; i < beside.histogramCount(); i++) {
      long bucket = Math.ceilDiv(beside.histogramTimestamp(i), width);
      boolean isLast =
          i + 1 == beside.histogramCount()
              || Math.ceilDiv(beside.histogramTimestamp(i + 1), width) > bucket;
      if (isLast) {
        newest.add(beside.histogramTimestamp(i), beside.histogram(i));
      }
    }
    for (int i = 0; i < beside.size(); i++) {
      long bucket = Math.ceilDiv(beside.timestamp(i), width);
      if (i + 1 == beside.size() || Math.ceilDiv(beside.timestamp(i + 1), width) > bucket) {
        newest.add(bucket * width, beside.value(i));
      }
    }
    return newest;
  }

  private static void addHistograms(Points from, Points into) {
    for (int i = 0; i < from.histogramCount(); i++) {
      Histogram histogram = from.histogram(i);
      if (!histogram.isStale()) {
        into.add(from.histogramTimestamp(i), histogram);
      }
    }
  }

  private static void addStarts(Points samples, Points into) {
    for (int i = 0; samples.hasStarts() && i < samples.size(); i++) {
      if (samples.start(i) != 0) {
        into.add(samples.timestamp(i), (double) samples.start(i));
      }
    }
  }

  private static void addNumbers(Points from, Points into) {
    for (int i = 0; i < from.size(); i++) {
      into.add(from.timestamp(i), from.value(i));
    }
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
      Points beside = new Points(0);
      if (Columns.fits(each.labels())) {
        each.read(points);
        entries.addAll(points);
        addHistograms(points, beside);
        addStarts(points, beside);
      }
      return new Unit(each.labels(), entries, beside);
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
      Points[] read = Columns.room();
      Points beside = new Points(0);
      while (at != null && Columns.bare(at.labels()).equals(labels)) {
        Points points = new Points(0);
        at.read(points);
        Columns.column(at.labels()).ifPresent((Column column) -> read[column.place()] = points);
        addHistograms(points, beside);
        if (Columns.isStarts(at.labels())) {
          addNumbers(points, beside);
        }
        at = columns.hasNext() ? columns.next() : null;
      }
      ahead = at;
      Rolled entries = new Rolled(Fold.ALL);
      Columns.align(read, tier, entries);
      return new Unit(labels, entries, beside);
    }
  }
}
