package hinomi.wire;

import hinomi.model.Histogram;
import hinomi.model.Sample;
import java.util.Arrays;

/// A native histogram as a sender wrote it, before anybody has looked whether it makes sense. Read
/// from `prometheus.Histogram`, which both versions of remote write share. One use, one thread.
///
/// ```
/// Histogram  { uint64 count_int = 1; double count_float = 2; double sum = 3; sint32 schema = 4;
///              double zero_threshold = 5; uint64 zero_count_int = 6; double zero_count_float = 7;
///              repeated BucketSpan negative_spans = 8; repeated sint64 negative_deltas = 9;
///              repeated double negative_counts = 10;
///              repeated BucketSpan positive_spans = 11; repeated sint64 positive_deltas = 12;
///              repeated double positive_counts = 13; ResetHint reset_hint = 14; int64 timestamp = 15;
///              repeated double custom_values = 16; int64 start_timestamp = 17; }
/// BucketSpan { sint32 offset = 1; uint32 length = 2; }
/// ```
final class RawHistogram {
  /// More buckets than this are none that a person asked for.
  static final int MAX_BUCKETS = 1 << 16;

  /// The reset hint of a histogram that may go down.
  static final long GAUGE = 3;

  /// Counts are integers, whose buckets are written as differences.
  boolean integers;

  long countInt;
  double countFloat;
  double sum;
  long schema;
  double zeroThreshold;
  long zeroCountInt;
  double zeroCountFloat;
  final Side positive = new Side();
  final Side negative = new Side();
  final Doubles bounds = new Doubles();
  long reset;
  long timestamp;
  long startTimestamp;

  /// The buckets of one sign.
  static final class Side {
    final Longs spans = new Longs();
    final Longs deltas = new Longs();
    final Doubles counts = new Doubles();

    boolean isEmpty() {
      return spans.size == 0 && deltas.size == 0 && counts.size == 0;
    }
  }

  /// Numbers, of which those beyond the limit are counted but not kept.
  static final class Doubles {
    double[] values = {};
    int size;

    void add(double value) {
      if (size == values.length && size <= 2 * MAX_BUCKETS) {
        values = Arrays.copyOf(values, Math.max(8, 2 * size));
      }
      if (size < values.length) {
        values[size] = value;
      }
      size++;
    }

    double[] toArray() {
      return Arrays.copyOf(values, size);
    }
  }

  /// The same for integers.
  static final class Longs {
    long[] values = {};
    int size;

    void add(long value) {
      if (size == values.length && size <= 2 * MAX_BUCKETS) {
        values = Arrays.copyOf(values, Math.max(8, 2 * size));
      }
      if (size < values.length) {
        values[size] = value;
      }
      size++;
    }
  }

  /// Reads the message that lies between the reader's place and the end.
  static RawHistogram read(Fields in, int end) {
    RawHistogram raw = new RawHistogram();
    boolean floats = false;
    while (in.at < end) {
      int tag = in.tag(end);
      switch (tag >>> 3) {
        case 1 -> {
          raw.countInt = raw.integer(in, tag, end);
          raw.integers = true;
          floats = false;
        }
        case 2 -> {
          raw.countFloat = raw.real(in, tag, end);
          raw.integers = false;
          floats = true;
        }
        case 3 -> raw.sum = raw.real(in, tag, end);
        case 4 -> raw.schema = zigzag(raw.integer(in, tag, end));
        case 5 -> raw.zeroThreshold = raw.real(in, tag, end);
        case 6 -> raw.zeroCountInt = raw.integer(in, tag, end);
        case 7 -> raw.zeroCountFloat = raw.real(in, tag, end);
        case 8, 9, 10 -> raw.side(raw.negative, in, tag, 8, end);
        case 11, 12, 13 -> raw.side(raw.positive, in, tag, 11, end);
        case 14 -> raw.reset = raw.integer(in, tag, end);
        case 15 -> raw.timestamp = raw.integer(in, tag, end);
        case 16 -> reals(raw.bounds, in, tag, end);
        case 17 -> raw.startTimestamp = raw.integer(in, tag, end);
        default -> in.skip(tag, end);
      }
    }
    // A count of zero may have been left out: then the buckets tell what it is.
    raw.integers |= !floats && raw.positive.counts.size + raw.negative.counts.size == 0;
    return raw;
  }

  long integer(Fields in, int tag, int end) {
    if ((tag & 7) == 0) {
      return in.varint(end);
    }
    in.skip(tag, end);
    return 0;
  }

  double real(Fields in, int tag, int end) {
    if ((tag & 7) == 1) {
      return in.real(end);
    }
    in.skip(tag, end);
    return 0;
  }

  static long zigzag(long value) {
    return (value >>> 1) ^ -(value & 1);
  }

  /// @param first the number of the field that holds the spans
  void side(Side side, Fields in, int tag, int first, int end) {
    switch ((tag >>> 3) - first) {
      case 0 -> span(side, in, tag, end);
      case 1 -> deltas(side, in, tag, end);
      default -> reals(side.counts, in, tag, end);
    }
  }

  private void span(Side side, Fields in, int tag, int end) {
    if ((tag & 7) != 2) {
      in.skip(tag, end);
      return;
    }
    int spanEnd = in.end(end);
    long offset = 0;
    long length = 0;
    while (in.at < spanEnd) {
      int inner = in.tag(spanEnd);
      switch (inner) {
        case 1 << 3 -> offset = (int) in.zigzag(spanEnd);
        case 2 << 3 -> length = in.varint(spanEnd) & 0xFFFF_FFFFL;
        default -> in.skip(inner, spanEnd);
      }
    }
    side.spans.add(offset);
    side.spans.add(length);
  }

  /// Packed or one by one, as both are legal.
  private static void deltas(Side side, Fields in, int tag, int end) {
    switch (tag & 7) {
      case 0 -> side.deltas.add(in.zigzag(end));
      case 2 -> {
        int listEnd = in.end(end);
        while (in.at < listEnd) {
          side.deltas.add(in.zigzag(listEnd));
        }
      }
      default -> in.skip(tag, end);
    }
  }

  private static void reals(Doubles into, Fields in, int tag, int end) {
    switch (tag & 7) {
      case 1 -> into.add(in.real(end));
      case 2 -> {
        int listEnd = in.end(end);
        while (in.at < listEnd) {
          into.add(in.real(listEnd));
        }
      }
      default -> in.skip(tag, end);
    }
  }

  boolean isStale() {
    return Sample.isStale(sum);
  }

  double count() {
    return integers ? unsigned(countInt) : countFloat;
  }

  double zeroCount() {
    return integers ? unsigned(zeroCountInt) : zeroCountFloat;
  }

  /// What the number says of the past; one that is not known says nothing.
  Histogram.Reset reset() {
    return switch ((int) reset) {
      case 1 -> Histogram.Reset.RESET;
      case 2 -> Histogram.Reset.NOT_RESET;
      case (int) GAUGE -> Histogram.Reset.GAUGE;
      default -> Histogram.Reset.UNKNOWN;
    };
  }

  /// A uint64, which Java holds as a signed long.
  static double unsigned(long value) {
    return value >= 0 ? value : (value >>> 1) * 2.0;
  }
}
