package hinomi.metricstore.dense;

import hinomi.metricstore.disk.ByteSink;
import hinomi.model.Histogram;
import hinomi.model.Histogram.Buckets;
import hinomi.model.Points;
import java.util.Arrays;
import java.util.function.ToDoubleFunction;

/// Packs native histograms of one series: stretches of the same buckets, each bucket a column of
/// its own as [DenseEncoder#encodeValues] packs it, so that a count costs about what its change
/// says. The layout is drawn in `docs/formats/metric-store.md`. Made to be used again; one thread.
public final class HistogramEncoder {
  /// The most counts of buckets in one chunk, unless a single histogram has more.
  static final int MAX_COUNTS = 1 << 18;

  private final DenseEncoder columns = new DenseEncoder();
  private final ByteSink column = new ByteSink(1 << 10);
  private double[] values = {};

  /// Index behind the last histogram that may share a chunk with the one at `from`.
  public static int end(Points points, int from) {
    int most = Math.min(points.histogramCount(), from + DenseDecoder.MAX_SAMPLES);
    long counts = 0;
    int i = from;
    while (i < most) {
      counts += buckets(points.histogram(i));
      if (counts > MAX_COUNTS && i > from) {
        return i;
      }
      i++;
    }
    return i;
  }

  static int buckets(Histogram histogram) {
    return histogram.positive().counts().length + histogram.negative().counts().length;
  }

  /// Packs histograms of `points` from one index to before another, at most [#end].
  public void encode(Points points, int from, int to, ByteSink out) {
    if (to <= from || to > end(points, from)) {
      throw new IllegalArgumentException("histograms from " + from + " to " + to);
    }
    long[] timestamps = new long[to - from];
    for (int i = from; i < to; i++) {
      timestamps[i - from] = points.histogramTimestamp(i);
    }
    column.shrink(0);
    columns.encodeTimes(timestamps, 0, to - from, column);
    putColumn(out);
    int begin = from;
    while (begin < to) {
      int end = begin + 1;
      while (end < to && sameLayout(points.histogram(begin), points.histogram(end))) {
        end++;
      }
      putStretch(points, begin, end, out);
      begin = end;
    }
  }

  private static boolean sameLayout(Histogram a, Histogram b) {
    return a.schema() == b.schema()
        && Double.doubleToRawLongBits(a.zeroThreshold())
            == Double.doubleToRawLongBits(b.zeroThreshold())
        && sameLayout(a.positive(), b.positive())
        && sameLayout(a.negative(), b.negative())
        && sameBits(a.bounds(), b.bounds());
  }

  private static boolean sameLayout(Buckets a, Buckets b) {
    return a.counts().length == b.counts().length && Arrays.equals(a.spans(), b.spans());
  }

  private static boolean sameBits(double[] a, double[] b) {
    if (a.length != b.length) {
      return false;
    }
    for (int i = 0; i < a.length; i++) {
      if (Double.doubleToRawLongBits(a[i]) != Double.doubleToRawLongBits(b[i])) {
        return false;
      }
    }
    return true;
  }

  private void putStretch(Points points, int from, int to, ByteSink out) {
    Histogram layout = points.histogram(from);
    out.putVarint(to - from);
    out.putZigzag(layout.schema());
    out.putLong(Double.doubleToRawLongBits(layout.zeroThreshold()));
    putLayout(layout.positive(), out);
    putLayout(layout.negative(), out);
    out.putVarint(layout.bounds().length);
    for (double bound : layout.bounds()) {
      out.putLong(Double.doubleToRawLongBits(bound));
    }
    put(points, from, to, histogram -> resetCode(histogram.reset()), out);
    put(points, from, to, Histogram::zeroCount, out);
    put(points, from, to, Histogram::count, out);
    put(points, from, to, Histogram::sum, out);
    for (int i = 0; i < layout.positive().counts().length; i++) {
      int bucket = i;
      put(points, from, to, histogram -> histogram.positive().counts()[bucket], out);
    }
    for (int i = 0; i < layout.negative().counts().length; i++) {
      int bucket = i;
      put(points, from, to, histogram -> histogram.negative().counts()[bucket], out);
    }
  }

  private static void putLayout(Buckets buckets, ByteSink out) {
    out.putVarint(buckets.spans().length);
    for (int span : buckets.spans()) {
      out.putZigzag(span);
    }
    out.putVarint(buckets.counts().length);
  }

  private static int resetCode(Histogram.Reset reset) {
    return switch (reset) {
      case UNKNOWN -> 0;
      case RESET -> 1;
      case NOT_RESET -> 2;
      case GAUGE -> 3;
    };
  }

  private void put(
      Points points, int from, int to, ToDoubleFunction<Histogram> part, ByteSink out) {
    if (values.length < to - from) {
      values = new double[to - from];
    }
    for (int i = from; i < to; i++) {
      values[i - from] = part.applyAsDouble(points.histogram(i));
    }
    column.shrink(0);
    columns.encodeValues(values, 0, to - from, column);
    putColumn(out);
  }

  private void putColumn(ByteSink out) {
    out.putVarint(column.size());
    out.put(column.bytes(), column.size());
  }
}
