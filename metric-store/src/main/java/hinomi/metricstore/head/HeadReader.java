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
import java.util.concurrent.locks.Lock;

/// Answers questions from memory: under the read lock it takes references alone, and unpacks when
/// it has let go of it. Any thread.
final class HeadReader {
  private static final long UNKNOWN = Long.MIN_VALUE;

  /// Series that are looked at under one hold of the lock.
  private static final int TOGETHER = 512;

  private final Lock reading;
  private final SeriesNumbers numbers;
  private final PairIndex index;
  private final HeadNames names;

  /// No sample in memory is older; late ones may be older than [Head#oldest]. Changed under the
  /// head's locks.
  private volatile long held = UNKNOWN;

  HeadReader(Lock reading, SeriesNumbers numbers, PairIndex index, HeadNames names) {
    this.reading = reading;
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

  // Whether all in memory is newer than a time, as it is for who asks about yesterday.
  private boolean isAllAfter(long to) {
    if (held == UNKNOWN) {
      reading.lock();
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
        reading.unlock();
      }
    }
    return to < held;
  }

  List<SeriesView> views(int from, int to) {
    List<SeriesView> views = new ArrayList<>();
    reading.lock();
    try {
      numbers.each(from, to, series -> views.add(series.view(names)));
    } finally {
      reading.unlock();
    }
    return views;
  }

  List<SeriesView> views(List<Matcher> matchers, long from, long to) {
    if (isAllAfter(to)) {
      return List.of();
    }
    Selector selector = Selector.of(matchers, this::valuesOf);
    int[] fitting = fitting(selector);
    List<SeriesView> views = new ArrayList<>();
    for (int i = 0; i < fitting.length; i += TOGETHER) {
      views(fitting, i, from, to, views);
    }
    views.forEach(view -> names.remembered(view.series()));
    return views;
  }

  private int[] fitting(Selector selector) {
    reading.lock();
    try {
      return selector.resolve(index).toArray();
    } finally {
      reading.unlock();
    }
  }

  /// Takes references to some series, and lets go of the lock before the next: samples wait for it,
  /// and whoever asks for very many may have little of the processor.
  private void views(int[] fitting, int first, long from, long to, List<SeriesView> into) {
    int end = Math.min(fitting.length, first + TOGETHER);
    reading.lock();
    try {
      for (int i = first; i < end; i++) {
        HeadSeries series = numbers.get(fitting[i]);
        if (series != null && series.overlaps(from, to)) {
          into.add(series.view(names));
        }
      }
    } finally {
      reading.unlock();
    }
  }

  private List<String> valuesOf(String name) {
    reading.lock();
    try {
      return List.copyOf(index.values(name));
    } finally {
      reading.unlock();
    }
  }

  Set<String> labelNames(long from, long to) {
    if (isAllAfter(to)) {
      return Set.of();
    }
    reading.lock();
    try {
      Set<String> found = new TreeSet<>();
      for (LabelName name : index.names()) {
        if (name.pairs().stream().anyMatch(pair -> anyOverlaps(pair, from, to))) {
          found.add(name.text());
        }
      }
      return found;
    } finally {
      reading.unlock();
    }
  }

  Set<String> labelValues(String name, long from, long to) {
    if (isAllAfter(to)) {
      return Set.of();
    }
    reading.lock();
    try {
      Set<String> values = new TreeSet<>();
      for (Pair pair : index.pairs(name)) {
        if (anyOverlaps(pair, from, to)) {
          values.add(pair.value());
        }
      }
      return values;
    } finally {
      reading.unlock();
    }
  }

  private boolean anyOverlaps(Pair pair, long from, long to) {
    return pair.any(number -> {
      HeadSeries series = numbers.get(number);
      return series != null && series.overlaps(from, to);
    });
  }

  HeadStatus status(Head.Bounds bounds, int limit) {
    reading.lock();
    try {
      long[] chunks = {0};
      numbers.each(0, bounds.nextNumber(), series -> chunks[0] += series.chunks());
      int series = index.all().getCardinality();
      return HeadStatus.of(
          index, new HeadStatus.Sizes(series, chunks[0], bounds.oldest(), bounds.newest()), limit);
    } finally {
      reading.unlock();
    }
  }
}
