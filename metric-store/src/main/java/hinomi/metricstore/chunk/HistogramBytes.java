package hinomi.metricstore.chunk;

import hinomi.metricstore.disk.ByteSink;
import hinomi.metricstore.disk.ByteSource;
import hinomi.model.Histogram;
import hinomi.model.Histogram.Buckets;
import java.util.List;

/// One native histogram as plain bytes, for the log and the snapshot. Stateless.
///
/// ```
/// reset 1 │ schema zigzag │ zero threshold 8 │ zero count 8 │ count 8 │ sum 8
///   │ buckets (positive) │ buckets (negative) │ bounds: count varint, 8 each
/// buckets: spans varint, zigzag each │ counts varint, 8 each
/// ```
public final class HistogramBytes {
  /// The byte that stands for it is its place here.
  private static final List<Histogram.Reset> RESETS =
      List.of(
          Histogram.Reset.UNKNOWN,
          Histogram.Reset.RESET,
          Histogram.Reset.NOT_RESET,
          Histogram.Reset.GAUGE);

  private HistogramBytes() {}

  public static void put(ByteSink sink, Histogram histogram) {
    sink.putByte(RESETS.indexOf(histogram.reset()));
    sink.putZigzag(histogram.schema());
    put(sink, histogram.zeroThreshold());
    put(sink, histogram.zeroCount());
    put(sink, histogram.count());
    put(sink, histogram.sum());
    put(sink, histogram.positive());
    put(sink, histogram.negative());
    put(sink, histogram.bounds());
  }

  private static void put(ByteSink sink, double value) {
    sink.putLong(Double.doubleToRawLongBits(value));
  }

  private static void put(ByteSink sink, Buckets buckets) {
    sink.putVarint(buckets.spans().length);
    for (int span : buckets.spans()) {
      sink.putZigzag(span);
    }
    put(sink, buckets.counts());
  }

  private static void put(ByteSink sink, double[] values) {
    sink.putVarint(values.length);
    for (double value : values) {
      put(sink, value);
    }
  }

  public static Histogram take(ByteSource source) {
    return new Histogram(
        RESETS.get(source.takeByte()),
        Math.toIntExact(source.takeZigzag()),
        takeDouble(source),
        takeDouble(source),
        takeDouble(source),
        takeDouble(source),
        takeBuckets(source),
        takeBuckets(source),
        takeDoubles(source));
  }

  private static double takeDouble(ByteSource source) {
    return Double.longBitsToDouble(source.takeLong());
  }

  private static Buckets takeBuckets(ByteSource source) {
    int[] spans = new int[source.takeCount()];
    for (int i = 0; i < spans.length; i++) {
      spans[i] = Math.toIntExact(source.takeZigzag());
    }
    return new Buckets(spans, takeDoubles(source));
  }

  private static double[] takeDoubles(ByteSource source) {
    double[] values = new double[source.takeCount()];
    for (int i = 0; i < values.length; i++) {
      values[i] = takeDouble(source);
    }
    return values;
  }
}
