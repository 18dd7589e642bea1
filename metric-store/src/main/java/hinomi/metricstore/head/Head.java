package hinomi.metricstore.head;

import hinomi.metricstore.chunk.Starts;
import hinomi.metricstore.index.Arrivals;
import hinomi.metricstore.index.ByteHash;
import hinomi.metricstore.index.LabelScan;
import hinomi.metricstore.index.Pair;
import hinomi.metricstore.index.PairIndex;
import hinomi.model.Histogram;
import hinomi.model.Labels;
import hinomi.model.Matcher;
import hinomi.model.WriteBatch;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.StampedLock;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Everything in memory. The committing thread alone changes it, under the write lock and only for
/// as long as a group takes to apply; queries take references, anew when a group came in between,
/// and unpack them later ([HeadReader]). A query for a few hundred series sees a group whole or not
/// at all. Senders' threads look series up with no lock at all.
public final class Head {
  /// A series without samples in memory is forgotten when its newest is this much behind: as long
  /// as an agent keeps what it could not send, for who is known may go on where it stopped.
  private static final long FORGET_MILLIS = 24 * 3_600_000L;

  /// The number of a series that is not known.
  public static final int UNKNOWN_SERIES = SeriesTable.NONE;

  private final long span;
  private final Lock reading;
  private final Lock writing;
  private final SeriesNumbers numbers = new SeriesNumbers();
  private final SeriesTable table;
  private final PairIndex index;
  private final HeadNames names;
  private final Taking taking;
  private final HeadReader reader;
  private volatile int nextNumber;
  private int known;
  private volatile int size;
  private long oldest = Long.MAX_VALUE;
  private long newest = Long.MIN_VALUE;
  private long flushedThrough = Long.MIN_VALUE;

  /// @param span milliseconds of a block
  public Head(long span) {
    this.span = span;
    StampedLock lock = new StampedLock();
    this.reading = lock.asReadLock();
    this.writing = lock.asWriteLock();
    ByteHash hash = new ByteHash();
    this.table = new SeriesTable(hash, numbers);
    this.index = new PairIndex(hash);
    this.names = new HeadNames(table, index);
    this.taking = new Taking(numbers, span);
    this.reader = new HeadReader(lock, numbers, index, names);
  }

  /// The times a head knows.
  ///
  /// @param oldest timestamp of the oldest sample in memory; `Long.MAX_VALUE` when none was ever
  ///   taken
  /// @param newest timestamp of the newest ever taken; `Long.MIN_VALUE` when there is none
  /// @param flushedThrough up to which time, excluded, samples have been written to blocks; later
  ///   ones that are late may lie below it in memory
  public record Bounds(int nextNumber, long oldest, long newest, long flushedThrough) {}

  // For senders' threads.

  /// Finds the numbers of the series of a batch by the bytes of their names; those not known are
  /// [#UNKNOWN_SERIES]. One that is found may be forgotten before it is used.
  public void resolve(WriteBatch batch, int[] into) {
    table.resolve(batch, into);
  }

  // For the committing thread.

  /// The series that has this name, in whatever spelling it was seen.
  public @Nullable HeadSeries find(byte[] bytes, int from, int to) {
    return table.find(bytes, from, to);
  }

  /// The page of a series' number; null when all of it are forgotten.
  public @Nullable SeriesPage page(int number) {
    return numbers.page(number);
  }

  /// The series that a batch's number stands for; null when it is not known or forgotten.
  public @Nullable HeadSeries living(int number) {
    HeadSeries series = number == UNKNOWN_SERIES ? null : numbers.get(number);
    return series == null || series.isForgotten() ? null : series;
  }

  /// Makes a series known; it has no sample yet.
  public HeadSeries create(LabelScan labels) {
    return create(nextNumber, labels);
  }

  private HeadSeries create(int number, LabelScan labels) {
    long place = table.keep(labels.bytes(), labels.from(), labels.to());
    SeriesPage page = numbers.begun(number);
    page.begin(number, place, labels.to() - labels.from());
    HeadSeries series = new HeadSeries(number, page);
    writing.lock();
    try {
      numbers.put(number, series);
      series.setArrivals(index.add(number, labels).arrivals());
      known++;
      size = known;
      nextNumber = Math.max(nextNumber, number + 1);
    } finally {
      writing.unlock();
    }
    table.add(series, labels.bytes(), labels.from(), labels.to());
    return series;
  }

  /// Makes another spelling of a series known.
  public void addSpelling(HeadSeries series, byte[] bytes, int from, int to) {
    table.addSpelling(series, bytes, from, to, size);
  }

  /// How many series carry a pair of labels that were looked through; also text for who asks why.
  public int count(LabelScan labels, int pair) {
    Pair known = index.find(labels.bytes(), labels.pairFrom(pair), labels.pairTo(pair));
    return known == null ? 0 : known.count();
  }

  public void apply(Admitted group) {
    writing.lock();
    try {
      taking.take(group);
      oldest = Math.min(oldest, taking.first());
      newest = Math.max(newest, taking.last());
      reader.holds(taking.first());
    } finally {
      writing.unlock();
    }
  }

  /// Any thread.
  public Bounds bounds() {
    reading.lock();
    try {
      return new Bounds(nextNumber, oldest, newest, flushedThrough);
    } finally {
      reading.unlock();
    }
  }

  public long oldest() {
    return oldest;
  }

  public long newest() {
    return newest;
  }

  public long flushedThrough() {
    return flushedThrough;
  }

  /// What blocks are to be made of: all samples before a time, of series whose numbers lie between
  /// two. They stay readable here.
  public List<SeriesView> cut(long end, int from, int to) {
    List<SeriesView> cut = new ArrayList<>();
    writing.lock();
    try {
      numbers.each(
          from,
          to,
          series -> {
            SeriesView view = series.cut(names, end);
            if (view.overlaps(Long.MIN_VALUE, Long.MAX_VALUE)) {
              cut.add(view);
            }
          });
    } finally {
      writing.unlock();
    }
    return cut;
  }

  /// Lets go of what blocks now hold.
  public void drop(List<SeriesView> held) {
    writing.lock();
    try {
      for (SeriesView view : held) {
        view.series().drop(view);
      }
    } finally {
      writing.unlock();
    }
  }

  /// Notes that all before a time has been written to blocks, and forgets series that have long
  /// ended.
  public void flushed(long end) {
    LabelScan scan = new LabelScan(RestoredNames.MOST_LABELS);
    writing.lock();
    try {
      int before = known;
      long[] first = {Long.MAX_VALUE};
      taking.setStarts(false);
      numbers.each(
          0,
          nextNumber,
          series -> {
            first[0] = Math.min(first[0], series.first());
            if (series.hasStarts()) {
              taking.setStarts(true);
            }
            if (series.isEmpty() && series.newest() < newest - FORGET_MILLIS) {
              forget(series, scan);
            }
          });
      if (known < before) {
        size = known;
        numbers.tidy();
        table.tidy(nextNumber);
        index.tidy();
      }
      flushedThrough = end;
      oldest = end;
      reader.holdsOnly(first[0]);
    } finally {
      writing.unlock();
    }
  }

  private void forget(HeadSeries series, LabelScan scan) {
    byte[] name = names.bytes(series);
    series.forget(names.labels(series));
    scan.scan(name, 0, name.length);
    index.remove(series.number(), scan);
    table.forget(series);
    known--;
  }

  /// The series whose name stands in only one record of the log, so that one damage could cost all
  /// their samples.
  public List<HeadSeries> namedOnce() {
    List<HeadSeries> once = new ArrayList<>();
    numbers.each(
        0,
        nextNumber,
        series -> {
          if (series.named() == 1) {
            once.add(series);
          }
        });
    return once;
  }

  /// Notes from now on when samples of some metrics arrive.
  public void watch(Predicate<String> metric) {
    writing.lock();
    try {
      index.watch(metric);
      for (Pair pair : index.pairs(Labels.NAME)) {
        Arrivals arrivals = pair.arrivals();
        pair.each(number -> {
          HeadSeries series = numbers.get(number);
          if (series != null) {
            series.setArrivals(arrivals);
          }
        });
      }
    } finally {
      writing.unlock();
    }
  }

  // For replay, before anybody reads.

  /// The series that a number stands for from now on.
  HeadSeries restore(int number, LabelScan labels) {
    HeadSeries series = numbers.get(number);
    if (series != null) {
      return series;
    }
    HeadSeries known = table.find(labels.bytes(), labels.from(), labels.to());
    if (known == null) {
      return create(number, labels);
    }
    // It was forgotten and came back under a second number, and no snapshot was made since.
    reserve(number);
    numbers.put(number, known);
    return known;
  }

  /// What stands in the log and in a snapshot is the same sample twice.
  void restore(HeadSeries series, Taking.Replayed sample) {
    taking.restore(series, sample);
    restoreTime(sample.timestamp());
  }

  /// @param start since when it counts; 0 where that is not told
  void restore(HeadSeries series, long timestamp, Histogram value, long start) {
    taking.restore(series, timestamp, value, start);
    restoreTime(timestamp);
  }

  /// Takes back since when all samples of a series count.
  void restore(HeadSeries series, Starts starts) {
    series.restoreStarts(starts);
    taking.setStarts(true);
  }

  private void restoreTime(long timestamp) {
    reader.holds(timestamp);
    oldest = Math.min(oldest, timestamp);
    newest = Math.max(newest, timestamp);
  }

  /// Never gives this number to a new series: the log speaks of it, if only in what is damaged.
  void reserve(int number) {
    nextNumber = Math.max(nextNumber, number + 1);
  }

  void restoreBounds(Bounds kept) {
    reserve(kept.nextNumber() - 1);
    oldest = Math.min(oldest, kept.oldest());
    newest = Math.max(newest, kept.newest());
    flushedThrough = Math.max(flushedThrough, kept.flushedThrough());
  }

  @Nullable HeadSeries byNumber(int number) {
    return numbers.get(number);
  }

  // For everybody.

  /// The number of series known.
  public int size() {
    return size;
  }

  /// A number above that of every series.
  public int nextNumber() {
    return nextNumber;
  }

  public HeadNames names() {
    return names;
  }

  long span() {
    return span;
  }

  /// How many spellings are known beside the canonical ones.
  public int spellings() {
    return table.spellings();
  }

  /// The series whose numbers lie between two, as they are now.
  public List<SeriesView> views(int from, int to) {
    return reader.views(from, to);
  }

  /// The series that fit and hold samples in memory between two times, both included.
  public List<SeriesView> views(List<Matcher> matchers, long from, long to) {
    return reader.views(matchers, from, to);
  }

  /// The names of labels that some series has with samples in memory between two times.
  public Set<String> labelNames(long from, long to) {
    return reader.labelNames(from, to);
  }

  /// The values of a label that some series has with samples in memory between two times.
  public Set<String> labelValues(String name, long from, long to) {
    return reader.labelValues(name, from, to);
  }

  /// What is in memory, and where most of it comes from.
  ///
  /// @param limit how many of each list are told
  public HeadStatus status(int limit) {
    return reader.status(bounds(), limit);
  }
}
