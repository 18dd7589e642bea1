package hinomi.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What a sender wants stored, in columns: series are ranges of bytes ([LabelBytes], in any form),
/// so that known ones are found without making a String, and points of series `i` are those from
/// [#firstPoint] of `i` to that of `i + 1`. Built by one thread, then handed over and not changed.
///
/// ```
/// names    …│ labels of 0 │…│ labels of 1 │…        often the decoded body itself
/// series    from,to,firstPoint   from,to,firstPoint
/// points    t,v t,v t,v          t,v t,v
/// starts    s   s   s            s   s              only if some point tells since when it counts
/// ```
public final class WriteBatch {
  private static final byte[] NO_BYTES = {};
  private static final long[] NO_STARTS = {};

  private byte[] names;
  private int namesEnd;
  private int[] from;
  private int[] to;
  private int[] firstPoint;
  private int seriesCount;
  private long[] timestamps;
  private double[] values;
  private int points;
  // Zero where none is told, also behind the end; may be shorter than the points.
  private long[] starts = NO_STARTS;
  private int startCount;
  private final List<HistogramPoint> histograms = new ArrayList<>(0);
  private final List<ExemplarPoint> exemplars = new ArrayList<>(0);
  private final List<Metadata> metadata = new ArrayList<>(0);

  /// @param series its index in the batch
  /// @param timestamp milliseconds since the epoch
  /// @param start since when it counts, milliseconds since the epoch; 0 where that is not told
  public record HistogramPoint(int series, long timestamp, Histogram value, long start) {}

  /// @param series its index in the batch
  public record ExemplarPoint(int series, Exemplar exemplar) {}

  /// A batch whose names are given as [Labels].
  public WriteBatch() {
    this(NO_BYTES, 16, 16);
  }

  /// @param names in which ranges given to [#series(int, int)] lie; not copied
  public WriteBatch(byte[] names, int expectedSeries, int expectedPoints) {
    this.names = names;
    this.namesEnd = names.length;
    this.from = new int[expectedSeries + 1];
    this.to = new int[expectedSeries + 1];
    this.firstPoint = new int[expectedSeries + 1];
    this.timestamps = new long[expectedPoints];
    this.values = new double[expectedPoints];
  }

  /// Samples grouped by series, in the order in which they stand.
  public static WriteBatch of(List<Sample> samples) {
    Map<Labels, List<Sample>> bySeries = new LinkedHashMap<>();
    for (Sample sample : samples) {
      bySeries.computeIfAbsent(sample.labels(), _ -> new ArrayList<>(1)).add(sample);
    }
    WriteBatch batch = new WriteBatch(NO_BYTES, bySeries.size(), samples.size());
    bySeries.forEach((labels, own) -> {
      batch.series(labels);
      own.forEach(sample -> batch.point(sample.timestamp(), sample.value()));
    });
    return batch;
  }

  /// Likewise, with histograms behind them.
  public static WriteBatch of(Vector vector) {
    WriteBatch batch = of(vector.samples());
    for (HistogramSample each : vector.histograms()) {
      batch.series(each.labels());
      batch.histogram(each.timestamp(), each.value());
    }
    return batch;
  }

  /// Begins a series whose labels stand in the given range of the names.
  public void series(int labelsFrom, int labelsTo) {
    if (seriesCount + 1 >= from.length) {
      from = Arrays.copyOf(from, from.length * 2);
      to = Arrays.copyOf(to, from.length);
      firstPoint = Arrays.copyOf(firstPoint, from.length);
    }
    from[seriesCount] = labelsFrom;
    to[seriesCount] = labelsTo;
    firstPoint[seriesCount++] = points;
    firstPoint[seriesCount] = points;
  }

  /// Begins a series with these labels.
  public void series(Labels labels) {
    byte[] name = LabelBytes.encode(labels);
    series(name, 0, name.length);
  }

  /// Begins a series whose labels are copied from somewhere else.
  public void series(byte[] bytes, int labelsFrom, int labelsTo) {
    int length = labelsTo - labelsFrom;
    if (namesEnd + length > names.length) {
      names = Arrays.copyOf(names, Math.max(namesEnd + length, namesEnd * 2 + 256));
    }
    System.arraycopy(bytes, labelsFrom, names, namesEnd, length);
    namesEnd += length;
    series(namesEnd - length, namesEnd);
  }

  /// Adds a number to the series begun last.
  public void point(long timestamp, double value) {
    if (points == timestamps.length) {
      timestamps = Arrays.copyOf(timestamps, Math.max(16, points * 2));
      values = Arrays.copyOf(values, timestamps.length);
    }
    timestamps[points] = timestamp;
    values[points++] = value;
    firstPoint[seriesCount] = points;
  }

  /// Says since when the number added last counts: its start timestamp, milliseconds since the
  /// epoch. 0 says nothing.
  public void startedAt(long start) {
    if (start != 0) {
      if (points > starts.length) {
        starts = Arrays.copyOf(starts, timestamps.length);
      }
      starts[points - 1] = start;
      startCount++;
    }
  }

  /// Adds a histogram to the series begun last.
  public void histogram(long timestamp, Histogram value) {
    histogram(timestamp, value, 0);
  }

  /// Likewise, telling since when it counts; 0 says nothing.
  public void histogram(long timestamp, Histogram value, long start) {
    histograms.add(new HistogramPoint(seriesCount - 1, timestamp, value, start));
    startCount += start == 0 ? 0 : 1;
  }

  /// Adds an exemplar to the series begun last.
  public void exemplar(Exemplar exemplar) {
    exemplars.add(new ExemplarPoint(seriesCount - 1, exemplar));
  }

  public void metadata(Metadata one) {
    metadata.add(one);
  }

  public byte[] names() {
    return names;
  }

  /// The number of series begun; the same labels may come twice.
  public int seriesCount() {
    return seriesCount;
  }

  /// Where the labels of series `i` begin in [#names]; likewise [#to] where they end.
  public int from(int i) {
    return from[i];
  }

  public int to(int i) {
    return to[i];
  }

  /// Index of the first point of series `i`; of [#seriesCount], the number of all.
  public int firstPoint(int i) {
    return firstPoint[i];
  }

  /// The labels of series `i`; a [BadInput] when its bytes are none.
  public Labels labels(int i) {
    return LabelBytes.decode(names, from[i], to[i]);
  }

  public int points() {
    return points;
  }

  public long timestamp(int point) {
    return timestamps[point];
  }

  public double value(int point) {
    return values[point];
  }

  /// Since when a point counts, milliseconds since the epoch; 0 where that is not told.
  public long start(int point) {
    return point < starts.length ? starts[point] : 0;
  }

  /// How many numbers and histograms tell since when they count.
  public int startCount() {
    return startCount;
  }

  public List<HistogramPoint> histograms() {
    return histograms;
  }

  public List<ExemplarPoint> exemplars() {
    return exemplars;
  }

  public List<Metadata> metadata() {
    return metadata;
  }

  /// Numbers and histograms: what an [Admission] accounts for.
  public int samples() {
    return points + histograms.size();
  }

  public boolean isEmpty() {
    return samples() == 0 && exemplars.isEmpty() && metadata.isEmpty();
  }
}
