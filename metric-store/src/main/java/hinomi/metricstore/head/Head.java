package hinomi.metricstore.head;

import hinomi.metricstore.index.Selector;
import hinomi.model.Labels;
import hinomi.model.Matcher;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.buffer.ImmutableRoaringBitmap;

/// Everything in memory. The committing thread alone changes it, under the write lock and only for
/// as long as a group takes to apply; queries take references under the read lock and unpack
/// without it. A query sees a group whole or not at all.
public final class Head {
  /// A series without samples in memory is forgotten when its newest is this much behind: as long
  /// as an agent keeps what it could not send, for who is known may go on where it stopped.
  private static final long FORGET_MILLIS = 24 * 3_600_000L;

  private final long span;
  private final Lock reading;
  private final Lock writing;
  private final HeadIndex index = new HeadIndex();
  private final Map<Labels, HeadSeries> byLabels = new HashMap<>();
  private @Nullable HeadSeries[] byNumber = new HeadSeries[1024];
  private int nextNumber;
  private long oldest = Long.MAX_VALUE;
  private long newest = Long.MIN_VALUE;
  private long flushedThrough = Long.MIN_VALUE;
  private volatile int size;

  /// @param span milliseconds of a block
  public Head(long span) {
    this.span = span;
    ReadWriteLock lock = new ReentrantReadWriteLock();
    this.reading = lock.readLock();
    this.writing = lock.writeLock();
  }

  /// Samples that are durable and now become visible, all at once.
  @FunctionalInterface
  public interface Group {
    void each(Taker taker);
  }

  /// Takes one sample.
  @FunctionalInterface
  public interface Taker {
    void take(HeadSeries series, long timestamp, long bits);
  }

  /// The head as a snapshot keeps it.
  ///
  /// @param nextNumber number of the next new series
  /// @param oldest what [Head#oldest] said
  /// @param flushedThrough what [Head#flushedThrough] said
  /// @param span milliseconds of a block
  public record Capture(
      int nextNumber, long oldest, long flushedThrough, long span, List<SeriesView> series) {}

  // For the committing thread.

  public Optional<HeadSeries> find(Labels labels) {
    return Optional.ofNullable(byLabels.get(labels));
  }

  /// Makes a series known; it has no sample yet.
  public HeadSeries create(Labels labels) {
    return create(nextNumber, labels);
  }

  private HeadSeries create(int number, Labels labels) {
    writing.lock();
    try {
      HeadSeries series = new HeadSeries(number, index.shared(labels));
      reserve(number);
      byNumber[number] = series;
      byLabels.put(series.labels(), series);
      index.add(number, series.labels());
      size = byLabels.size();
      return series;
    } finally {
      writing.unlock();
    }
  }

  public void apply(Group group) {
    writing.lock();
    try {
      group.each(this::take);
    } finally {
      writing.unlock();
    }
  }

  private void take(HeadSeries series, long timestamp, long bits) {
    series.take(timestamp, bits, span);
    oldest = Math.min(oldest, timestamp);
    newest = Math.max(newest, timestamp);
  }

  /// Timestamp of the oldest sample in memory; `Long.MAX_VALUE` when none was ever taken.
  public long oldest() {
    return oldest;
  }

  public long newest() {
    return newest;
  }

  /// Up to which time, excluded, samples have been written to blocks; later ones that are late may
  /// lie below it in memory.
  public long flushedThrough() {
    return flushedThrough;
  }

  /// What blocks are to be made of: all samples before a time. They stay readable here.
  public List<SeriesView> cut(long end) {
    List<SeriesView> cut = new ArrayList<>();
    writing.lock();
    try {
      for (HeadSeries series : byLabels.values()) {
        SeriesView view = series.cut(end);
        if (view.overlaps(Long.MIN_VALUE, Long.MAX_VALUE)) {
          cut.add(view);
        }
      }
    } finally {
      writing.unlock();
    }
    return cut;
  }

  /// Lets go of what blocks now hold, and of series that have long ended.
  public void drop(List<SeriesView> held, long end) {
    writing.lock();
    try {
      for (SeriesView view : held) {
        view.series().drop(view);
      }
      for (HeadSeries series : List.copyOf(byLabels.values())) {
        if (series.isEmpty() && series.newest() < newest - FORGET_MILLIS) {
          byLabels.remove(series.labels());
          byNumber[series.number()] = null;
          index.remove(series.number(), series.labels());
        }
      }
      size = byLabels.size();
      flushedThrough = end;
      oldest = end;
    } finally {
      writing.unlock();
    }
  }

  public Capture capture() {
    reading.lock();
    try {
      List<SeriesView> views = byLabels.values().stream().map(HeadSeries::view).toList();
      return new Capture(nextNumber, oldest, flushedThrough, span, views);
    } finally {
      reading.unlock();
    }
  }

  /// The series whose name stands in only one record of the log, so that one damage could cost all
  /// their samples.
  public List<HeadSeries> namedOnce() {
    return byLabels.values().stream().filter(series -> series.named() == 1).toList();
  }

  // For replay, before anybody reads.

  /// The series that a number stands for from now on.
  HeadSeries restore(int number, Labels labels) {
    HeadSeries series = byNumber(number);
    if (series != null) {
      return series;
    }
    HeadSeries known = byLabels.get(labels);
    if (known == null) {
      return create(number, labels);
    }
    // It was forgotten and came back under a second number, and no snapshot was made since.
    reserve(number);
    byNumber[number] = known;
    return known;
  }

  void restore(HeadSeries series, long timestamp, long bits) {
    take(series, timestamp, bits);
  }

  /// Never gives this number to a new series: the log speaks of it, if only in what is damaged.
  void reserve(int number) {
    if (number >= byNumber.length) {
      byNumber = Arrays.copyOf(byNumber, Math.max(number + 1, byNumber.length * 2));
    }
    nextNumber = Math.max(nextNumber, number + 1);
  }

  void restoreBounds(int number, long keptOldest, long keptFlushedThrough) {
    nextNumber = Math.max(nextNumber, number);
    oldest = Math.min(oldest, keptOldest);
    flushedThrough = Math.max(flushedThrough, keptFlushedThrough);
  }

  void restoreNewest(long keptNewest) {
    newest = Math.max(newest, keptNewest);
  }

  @Nullable HeadSeries byNumber(int number) {
    return number < byNumber.length ? byNumber[number] : null;
  }

  // For everybody.

  /// The number of series known.
  public int size() {
    return size;
  }

  /// The series that fit and hold samples in memory between two times, both included.
  public List<SeriesView> views(List<Matcher> matchers, long from, long to) {
    Selector selector = Selector.of(matchers, this::valuesOf);
    List<SeriesView> views = new ArrayList<>();
    reading.lock();
    try {
      selector
          .resolve(index)
          .forEach((int number) -> {
            HeadSeries series = byNumber[number];
            if (series != null && series.newest() >= from) {
              views.add(series.view());
            }
          });
    } finally {
      reading.unlock();
    }
    views.removeIf(view -> !view.overlaps(from, to));
    return views;
  }

  private List<String> valuesOf(String name) {
    reading.lock();
    try {
      return List.copyOf(index.values(name));
    } finally {
      reading.unlock();
    }
  }

  /// The names of labels that some series has with samples in memory between two times.
  public Set<String> labelNames(long from, long to) {
    reading.lock();
    try {
      Set<String> names = new TreeSet<>();
      for (String name : index.names()) {
        for (String value : index.values(name)) {
          if (anyOverlaps(index.postings(name, value), from, to)) {
            names.add(name);
            break;
          }
        }
      }
      return names;
    } finally {
      reading.unlock();
    }
  }

  /// The values of a label that some series has with samples in memory between two times.
  public Set<String> labelValues(String name, long from, long to) {
    reading.lock();
    try {
      Set<String> values = new TreeSet<>();
      for (String value : index.values(name)) {
        if (anyOverlaps(index.postings(name, value), from, to)) {
          values.add(value);
        }
      }
      return values;
    } finally {
      reading.unlock();
    }
  }

  private boolean anyOverlaps(ImmutableRoaringBitmap numbers, long from, long to) {
    for (var each = numbers.getIntIterator(); each.hasNext(); ) {
      HeadSeries series = byNumber[each.next()];
      if (series != null && series.overlaps(from, to)) {
        return true;
      }
    }
    return false;
  }
}
