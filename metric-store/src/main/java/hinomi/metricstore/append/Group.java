package hinomi.metricstore.append;

import hinomi.metricstore.head.Head;
import hinomi.metricstore.head.Head.HistogramTaken;
import hinomi.metricstore.head.HeadSeries;
import hinomi.model.Histogram;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// The samples that one sync makes durable, from any number of batches. One thread, which uses it
/// for one group after another.
final class Group implements Head.Group {
  private static final int KEPT = 1 << 18;
  private static final HeadSeries[] NO_SERIES = {};

  private final List<HeadSeries> unnamed = new ArrayList<>();
  private HeadSeries[] series = NO_SERIES;
  private long[] timestamps = new long[1 << 12];
  private long[] bits = new long[1 << 12];
  private int size;
  private final List<HistogramTaken> histograms = new ArrayList<>();
  private final IdentityHashMap<HeadSeries, Long> newestHistograms = new IdentityHashMap<>();
  private final Map<Place, Long> places = new HashMap<>();
  private int placed;

  private record Place(int series, long timestamp) {}

  /// Begins a group of about so many samples. The series lie in an array of its own: references
  /// written into an old object are what a generational collector has to look after, one by one.
  void begin(int expected) {
    series = new HeadSeries[Math.max(16, expected)];
  }

  /// Lets go of what was in it.
  void clear() {
    unnamed.clear();
    series = NO_SERIES;
    if (timestamps.length > KEPT) {
      timestamps = new long[KEPT];
      bits = new long[KEPT];
    }
    size = 0;
    histograms.clear();
    newestHistograms.clear();
    places.clear();
    placed = 0;
  }

  void add(HeadSeries to, long timestamp, long value) {
    if (size == series.length) {
      series = Arrays.copyOf(series, size * 2);
    }
    if (size == timestamps.length) {
      timestamps = Arrays.copyOf(timestamps, size * 2);
      bits = Arrays.copyOf(bits, size * 2);
    }
    if (timestamp > newest(to)) {
      to.setClaim(size);
    }
    series[size] = to;
    timestamps[size] = timestamp;
    bits[size++] = value;
    name(to);
  }

  void addHistogram(HeadSeries to, long timestamp, Histogram value) {
    newestHistograms.merge(to, timestamp, Math::max);
    histograms.add(new HistogramTaken(to, timestamp, value));
    name(to);
  }

  private void name(HeadSeries one) {
    if (one.named() == 0) {
      one.setNamed(-1);
      unnamed.add(one);
    }
  }

  /// Timestamp of a series' newest sample, this group's included.
  long newest(HeadSeries of) {
    int claim = of.claim();
    long newest = of.newest();
    if (claim < size && series[claim] == of) {
      newest = Math.max(newest, timestamps[claim]);
    }
    return newestHistograms.isEmpty()
        ? newest
        : Math.max(newest, newestHistograms.getOrDefault(of, Long.MIN_VALUE));
  }

  /// The raw bits of a number that this group holds; only late and repeated samples ask, so what
  /// answers them is built when the first one does.
  OptionalLong bitsAt(HeadSeries of, long timestamp) {
    for (; placed < size; placed++) {
      places.put(new Place(series[placed].number(), timestamps[placed]), bits[placed]);
    }
    Long found = places.get(new Place(of.number(), timestamp));
    return found == null ? OptionalLong.empty() : OptionalLong.of(found);
  }

  @Nullable Histogram histogramAt(HeadSeries of, long timestamp) {
    if (newestHistograms.containsKey(of)) {
      for (HistogramTaken one : histograms) {
        if (one.series() == of && one.timestamp() == timestamp) {
          return one.value();
        }
      }
    }
    return null;
  }

  /// The series that the log does not know yet.
  List<HeadSeries> unnamed() {
    return unnamed;
  }

  boolean isEmpty() {
    return size == 0 && histograms.isEmpty();
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public HeadSeries series(int i) {
    return series[i];
  }

  @Override
  public long timestamp(int i) {
    return timestamps[i];
  }

  @Override
  public long bits(int i) {
    return bits[i];
  }

  @Override
  public List<HistogramTaken> histograms() {
    return histograms;
  }
}
