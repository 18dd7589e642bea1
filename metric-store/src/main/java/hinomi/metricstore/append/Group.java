package hinomi.metricstore.append;

import hinomi.metricstore.head.Admitted;
import hinomi.metricstore.head.HeadSeries;
import hinomi.metricstore.head.SeriesPage;
import hinomi.metricstore.wal.RecordWriter;
import hinomi.model.Histogram;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// The samples that one sync makes durable, from any number of batches. One thread, which uses it
/// for one group after another.
final class Group implements Admitted {
  private static final int KEPT = 1 << 18;
  private static final int USUAL = 1 << 12;
  private static final long[] NO_STARTS = {};

  private final List<HeadSeries> unnamed = new ArrayList<>();
  private final List<Watched> watched = new ArrayList<>();
  private int[] numbers = new int[USUAL];
  private long[] timestamps = new long[USUAL];
  private long[] bits = new long[USUAL];
  private int size;
  // As long as the others, or empty where no sample tells any.
  private long[] starts = NO_STARTS;
  private final List<OfHistogram> histograms = new ArrayList<>();
  private boolean startedHistograms;
  private int oddStarts;
  private final Map<Integer, Long> newestHistograms = new HashMap<>();
  private final Map<Place, Long> places = new HashMap<>();
  private int placed;

  private record Place(int series, long timestamp) {}

  /// A sample of which somebody wants to know.
  record Watched(HeadSeries series, long timestamp) {}

  /// Lets go of what was in it.
  void clear() {
    unnamed.clear();
    watched.clear();
    if (numbers.length > KEPT) {
      numbers = new int[USUAL];
      timestamps = new long[USUAL];
      bits = new long[USUAL];
    }
    size = 0;
    starts = NO_STARTS;
    startedHistograms = false;
    oddStarts = 0;
    histograms.clear();
    newestHistograms.clear();
    places.clear();
    placed = 0;
  }

  /// Adds a sample that is newer than all others of its series.
  void addNewest(SeriesPage page, int number, long timestamp, long value) {
    page.setClaim(number, size);
    put(number, timestamp, value);
    if (page.isMarked(number)) {
      look(page.series(number), timestamp);
    }
  }

  /// Adds any sample.
  void add(HeadSeries to, long timestamp, long value) {
    if (timestamp > newest(to)) {
      to.page().setClaim(to.number(), size);
    }
    put(to.number(), timestamp, value);
    look(to, timestamp);
  }

  private void put(int number, long timestamp, long value) {
    if (size == numbers.length) {
      numbers = Arrays.copyOf(numbers, size * 2);
      timestamps = Arrays.copyOf(timestamps, size * 2);
      bits = Arrays.copyOf(bits, size * 2);
    }
    numbers[size] = number;
    timestamps[size] = timestamp;
    bits[size++] = value;
  }

  private void look(@Nullable HeadSeries one, long timestamp) {
    if (one == null) {
      throw new IllegalStateException("BUG: a series that is not forgotten is gone");
    }
    name(one);
    if (one.arrivals() != null) {
      watched.add(new Watched(one, timestamp));
    }
  }

  /// @param start since when it counts; 0 where that is not told
  void addHistogram(HeadSeries to, long timestamp, Histogram value, long start) {
    newestHistograms.merge(to.number(), timestamp, Math::max);
    histograms.add(new OfHistogram(to, timestamp, value, start));
    startedHistograms |= start != 0;
    look(to, timestamp);
  }

  /// Since when a sample counts, by what its sender says: nothing counts since later than it is,
  /// and who says so is not believed.
  long believed(long start, long timestamp) {
    if (start < 0 || start > timestamp) {
      oddStarts++;
      return 0;
    }
    return start;
  }

  /// How many start timestamps were not believed.
  int oddStarts() {
    return oddStarts;
  }

  /// Says since when sample `i` counts; 0 says nothing.
  void startedAt(int i, long start) {
    if (start != 0) {
      if (i >= starts.length) {
        starts = Arrays.copyOf(starts, numbers.length);
      }
      starts[i] = start;
    }
  }

  /// Writes everything down.
  void log(RecordWriter records) {
    if (starts.length == 0) {
      for (int i = 0; i < size; i++) {
        records.sample(numbers[i], timestamps[i], bits[i]);
      }
    } else {
      logStarts(records);
    }
    for (OfHistogram one : histograms) {
      records.histogram(one.series().number(), one.timestamp(), one.value(), one.start());
    }
  }

  private void name(HeadSeries one) {
    if (one.named() == 0) {
      one.setNamed(-1);
      unnamed.add(one);
    }
  }

  /// Timestamp of a series' newest sample, this group's included.
  long newest(HeadSeries of) {
    return newest(of.page(), of.number());
  }

  long newest(SeriesPage page, int number) {
    int claim = page.claim(number);
    long newest = page.newest(number);
    if (claim < size && numbers[claim] == number) {
      newest = Math.max(newest, timestamps[claim]);
    }
    return newestHistograms.isEmpty()
        ? newest
        : Math.max(newest, newestHistograms.getOrDefault(number, Long.MIN_VALUE));
  }

  /// The raw bits of a number that this group holds; only late and repeated samples ask, so what
  /// answers them is built when the first one does.
  OptionalLong bitsAt(HeadSeries of, long timestamp) {
    for (; placed < size; placed++) {
      places.put(new Place(numbers[placed], timestamps[placed]), bits[placed]);
    }
    Long found = places.get(new Place(of.number(), timestamp));
    return found == null ? OptionalLong.empty() : OptionalLong.of(found);
  }

  @Nullable Histogram histogramAt(HeadSeries of, long timestamp) {
    if (newestHistograms.containsKey(of.number())) {
      for (OfHistogram one : histograms) {
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

  /// The samples of watched metrics.
  List<Watched> watched() {
    return watched;
  }

  boolean isEmpty() {
    return size == 0 && histograms.isEmpty();
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public int number(int i) {
    return numbers[i];
  }

  @Override
  public long timestamp(int i) {
    return timestamps[i];
  }

  @Override
  public long bits(int i) {
    return bits[i];
  }

  /// Those that tell since when they count stand in records of their own.
  private void logStarts(RecordWriter records) {
    for (int i = 0; i < size; i++) {
      if (start(i) == 0) {
        records.sample(numbers[i], timestamps[i], bits[i]);
      }
    }
    for (int i = 0; i < size; i++) {
      if (start(i) != 0) {
        records.sample(numbers[i], timestamps[i], bits[i], start(i));
      }
    }
  }

  @Override
  public boolean hasStarts() {
    return starts.length > 0 || startedHistograms;
  }

  @Override
  public long start(int i) {
    return i < starts.length ? starts[i] : 0;
  }

  @Override
  public List<OfHistogram> histograms() {
    return histograms;
  }
}
