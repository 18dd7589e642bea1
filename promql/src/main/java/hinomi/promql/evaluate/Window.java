package hinomi.promql.evaluate;

import hinomi.model.Histogram;
import hinomi.model.Points;
import hinomi.model.Sample;
import hinomi.model.histogram.Resets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// The samples of one series in a range that ends at an evaluation time: those after `start`
/// (left-open) up to `end`, staleness markers left out; numbers and histograms side by side. Moves
/// from step to step over the same arrays, and from series to series. One thread.
final class Window {
  private static final long[] NO_STARTS = {};
  private static final byte UNKNOWN = 0;
  private static final byte RESET = 1;
  private static final byte NO_RESET = 2;

  /// Numbers in windows between two questions whether to go on: well below a tenth of a second.
  private static final long BETWEEN_CHECKS = 1 << 20;

  /// As so many numbers a histogram counts.
  private static final long HISTOGRAM_COST = 64;

  private final Steps steps;
  private final Budget budget;
  private final Places places;
  private boolean isPlaced;
  private long unchecked;
  private long[] times = {};
  private double[] values = {};
  private int size;
  private int from;
  private int to;
  private long[] starts = NO_STARTS;
  private long[] histogramTimes = {};
  private long[] histogramStarts = NO_STARTS;
  private final List<Histogram> histograms = new ArrayList<>(0);
  // Neighbours lie in the windows of many steps; whether they count on is found out once.
  private byte[] resets = {};
  private int histogramsFrom;
  private int histogramsTo;
  private long end;
  private long now;

  /// @param budget asked now and then whether to go on: one series alone may keep long windows busy
  Window(Steps steps, Budget budget) {
    this.steps = steps;
    this.budget = budget;
    this.places = new Places(steps);
  }

  /// Goes over to another series; its numbers still have their staleness markers.
  ///
  /// @param points which it changes and looks at until the next series
  void load(Points points) {
    times = points.timestamps();
    values = points.values();
    size = points.size();
    starts = NO_STARTS;
    histogramStarts = NO_STARTS;
    if (points.hasStarts()) {
      starts = new long[size];
      Arrays.setAll(starts, points::start);
      histogramStarts = new long[points.histogramCount()];
    }
    from = 0;
    to = 0;
    isPlaced = false;
    loadHistograms(points);
  }

  /// Leaves staleness markers out, for those who cannot tell them from numbers.
  void dropMarkers() {
    int kept = 0;
    while (kept < size && !Sample.isStale(values[kept])) {
      kept++;
    }
    for (int i = kept; i < size; i++) {
      if (!Sample.isStale(values[i])) {
        if (hasStarts()) {
          starts[kept] = starts[i];
        }
        times[kept] = times[i];
        values[kept++] = values[i];
      }
    }
    isPlaced &= size == kept;
    size = kept;
  }

  private void loadHistograms(Points points) {
    histograms.clear();
    histogramsFrom = 0;
    histogramsTo = 0;
    for (int i = 0; i < points.histogramCount(); i++) {
      if (!points.histogram(i).isStale()) {
        if (histograms.size() == histogramTimes.length) {
          histogramTimes = Arrays.copyOf(histogramTimes, points.histogramCount());
        }
        histogramTimes[histograms.size()] = points.histogramTimestamp(i);
        if (hasStarts()) {
          histogramStarts[histograms.size()] = points.histogramStart(i);
        }
        histograms.add(points.histogram(i));
      }
    }
    if (resets.length < histograms.size()) {
      resets = new byte[histograms.size()];
    } else {
      Arrays.fill(resets, UNKNOWN);
    }
  }

  /// Moves to the range of a step; quickest from one step to the next.
  void place(int step) {
    end = steps.end(step);
    now = steps.grid().time(step);
    Places placed = places();
    from = placed.from()[step];
    to = placed.to()[step];
    if (!histograms.isEmpty()) {
      int count = histograms.size();
      histogramsFrom = Places.after(histogramTimes, count, histogramsFrom, end - steps.length());
      histogramsTo = Places.after(histogramTimes, count, histogramsTo, end);
      unchecked += HISTOGRAM_COST * (histogramsTo - histogramsFrom);
    }
    unchecked += to - from;
    if (unchecked > BETWEEN_CHECKS) {
      unchecked = 0;
      budget.check();
    }
  }

  /// Leaves the first samples of this range out, until it is placed again.
  void skip(int numbers, int moreHistograms) {
    from += numbers;
    histogramsFrom += moreHistograms;
  }

  /// Where the ranges of all steps lie among the numbers of this series.
  Places places() {
    if (!isPlaced) {
      places.find(times, size);
      isPlaced = true;
    }
    return places;
  }

  Steps steps() {
    return steps;
  }

  /// All numbers of the series, wherever the window stands: only the first [#size] elements count.
  double[] allValues() {
    return values;
  }

  /// As [#allValues].
  long[] allTimes() {
    return times;
  }

  /// How many numbers the whole series has.
  int size() {
    return size;
  }

  /// Whether the series has histograms anywhere.
  boolean isMixed() {
    return !histograms.isEmpty();
  }

  /// Where among all numbers the range begins.
  int offset() {
    return from;
  }

  /// How many numbers are in the range.
  int count() {
    return to - from;
  }

  long time(int i) {
    return times[from + i];
  }

  double value(int i) {
    return values[from + i];
  }

  double first() {
    return values[from];
  }

  double last() {
    return values[to - 1];
  }

  long firstTime() {
    return times[from];
  }

  long lastTime() {
    return times[to - 1];
  }

  /// How many histograms are in the range.
  int histogramCount() {
    return histogramsTo - histogramsFrom;
  }

  long histogramTime(int i) {
    return histogramTimes[histogramsFrom + i];
  }

  Histogram histogram(int i) {
    return histograms.get(histogramsFrom + i);
  }

  /// Whether any sample of the series tells since when it counts.
  boolean hasStarts() {
    return starts.length > 0 || histogramStarts.length > 0;
  }

  /// Since when a number of the range counts; 0 where that is not known.
  long start(int i) {
    return starts.length == 0 ? 0 : starts[from + i];
  }

  /// Likewise a histogram.
  long histogramStart(int i) {
    return histogramStarts.length == 0 ? 0 : histogramStarts[histogramsFrom + i];
  }

  /// Whether a number in the range, not its first, begins a new count.
  boolean isNumberReset(int i) {
    return value(i) < value(i - 1)
        || (hasStarts() && Starts.isReset(time(i - 1), start(i - 1), time(i), start(i)));
  }

  /// Whether a histogram in the range, not its first, begins a new count.
  boolean isReset(int i) {
    int at = histogramsFrom + i;
    if (resets[at] == UNKNOWN) {
      boolean began =
          Starts.isReset(
              histogramTimes[at - 1], histogramStart(i - 1), histogramTimes[at], histogramStart(i));
      resets[at] =
          began || Resets.isBetween(histograms.get(at - 1), histograms.get(at)) ? RESET : NO_RESET;
    }
    return resets[at] == RESET;
  }

  boolean isEmpty() {
    return to == from && histogramsTo == histogramsFrom;
  }

  long start() {
    return end - steps.length();
  }

  long end() {
    return end;
  }

  /// The time at which the expression is evaluated, which `offset` and `@` do not change.
  long now() {
    return now;
  }

  /// A copy that its holder may sort.
  double[] copy() {
    return Arrays.copyOfRange(values, from, to);
  }

  long[] copyTimes() {
    return Arrays.copyOfRange(times, from, to);
  }
}
