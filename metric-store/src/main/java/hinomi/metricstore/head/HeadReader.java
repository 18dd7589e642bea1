package hinomi.metricstore.head;

import hinomi.metricstore.index.LabelName;
import hinomi.metricstore.index.Pair;
import hinomi.metricstore.index.PairIndex;
import hinomi.metricstore.index.Selector;
import hinomi.model.Matcher;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.locks.StampedLock;
import java.util.function.Supplier;

/// Answers questions from memory: it takes references alone, which are unpacked later. Any thread.
///
/// It looks without a lock, and again when something was changed meanwhile, for samples must not
/// wait for a thread that asks and may have little of the processor. Only what is changed all the
/// time is looked at under the read lock in the end.
final class HeadReader {
  private static final long UNKNOWN = Long.MIN_VALUE;

  /// Series that are looked at together.
  private static final int TOGETHER = 512;

  private static final int TRIES = 8;

  private final StampedLock lock;
  private final SeriesNumbers numbers;
  private final PairIndex index;
  private final HeadNames names;

  /// No sample in memory is older; late ones may be older than [Head#oldest]. Changed under the
  /// head's locks.
  private volatile long held = UNKNOWN;

  HeadReader(StampedLock lock, SeriesNumbers numbers, PairIndex index, HeadNames names) {
    this.lock = lock;
    this.numbers = numbers;
    this.index = index;
    this.names = names;
  }

  /// Notes that a sample came into memory; to be called under the write lock.
  void holds(long timestamp) {
    held = Math.min(held, timestamp);
  }

  /// Notes that samples left memory; likewise.
  ///
  /// @param first timestamp of the earliest that is left
  void holdsOnly(long first) {
    held = first;
  }

  /// What `look` finds while nothing is changed. It may see halves of changes, and may fail for it,
  /// but must come to an end.
  private <T> T look(Supplier<T> look) {
    for (int i = 0; i < TRIES; i++) {
      long stamp = lock.tryOptimisticRead();
      if (stamp == 0) {
        lock.unlockRead(lock.readLock()); // when the change is done
        stamp = lock.tryOptimisticRead();
      }
      try {
        T found = look.get();
        if (lock.validate(stamp)) {
          return found;
        }
      } catch (RuntimeException e) {
        if (lock.validate(stamp)) {
          throw e;
        }
      }
    }
    long stamp = lock.readLock();
    try {
      return look.get();
    } finally {
      lock.unlockRead(stamp);
    }
  }

  // Whether all in memory is newer than a time, as it is for who asks about yesterday.
  private boolean isAllAfter(long to) {
    if (held == UNKNOWN) {
      long stamp = lock.readLock();
      try {
        long[] first = {Long.MAX_VALUE};
        numbers.each(
            0,
            Integer.MAX_VALUE,
            series -> {
              first[0] = Math.min(first[0], series.first());
            });
        held = first[0];
      } finally {
        lock.unlockRead(stamp);
      }
    }
    return to < held;
  }

  List<SeriesView> views(int from, int to) {
    return look(() -> {
      List<SeriesView> views = new ArrayList<>();
      numbers.each(from, to, series -> views.add(series.view(names)));
      return views;
    });
  }

  List<SeriesView> views(List<Matcher> matchers, long from, long to) {
    if (isAllAfter(to)) {
      return List.of();
    }
    Selector selector = Selector.of(matchers, this::valuesOf);
    int[] fitting = look(() -> selector.resolve(index).toArray());
    List<SeriesView> views = new ArrayList<>();
    for (int i = 0; i < fitting.length; i += TOGETHER) {
      int first = i;
      views.addAll(look(() -> views(fitting, first, from, to)));
    }
    views.forEach(view -> names.remembered(view.series()));
    return views;
  }

  private List<SeriesView> views(int[] fitting, int first, long from, long to) {
    List<SeriesView> views = new ArrayList<>();
    for (int i = first; i < Math.min(fitting.length, first + TOGETHER); i++) {
      HeadSeries series = numbers.get(fitting[i]);
      if (series != null && series.overlaps(from, to)) {
        views.add(series.view(names));
      }
    }
    return views;
  }

  private List<String> valuesOf(String name) {
    return look(() -> List.copyOf(index.values(name)));
  }

  Set<String> labelNames(long from, long to) {
    if (isAllAfter(to)) {
      return Set.of();
    }
    return look(() -> {
      Set<String> found = new TreeSet<>();
      for (LabelName name : index.names()) {
        if (name.pairs().stream().anyMatch(pair -> anyOverlaps(pair, from, to))) {
          found.add(name.text());
        }
      }
      return found;
    });
  }

  Set<String> labelValues(String name, long from, long to) {
    if (isAllAfter(to)) {
      return Set.of();
    }
    return look(() -> {
      Set<String> values = new TreeSet<>();
      for (Pair pair : index.pairs(name)) {
        if (anyOverlaps(pair, from, to)) {
          values.add(pair.value());
        }
      }
      return values;
    });
  }

  private boolean anyOverlaps(Pair pair, long from, long to) {
    return pair.any(number -> {
      HeadSeries series = numbers.get(number);
      return series != null && series.overlaps(from, to);
    });
  }

  HeadStatus status(Head.Bounds bounds, int limit) {
    long stamp = lock.readLock();
    try {
      long[] chunks = {0};
      numbers.each(0, bounds.nextNumber(), series -> chunks[0] += series.chunks());
      int series = index.all().getCardinality();
      return HeadStatus.of(
          index, new HeadStatus.Sizes(series, chunks[0], bounds.oldest(), bounds.newest()), limit);
    } finally {
      lock.unlockRead(stamp);
    }
  }
}
