package hinomi.wire;

import com.google.protobuf.CodedOutputStream;
import hinomi.model.Histogram;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/// Writes a native histogram as `prometheus.Histogram`, drawn at [RawHistogram], with counts as
/// doubles.
final class HistogramEncoder {
  private static final int NEGATIVE = 8;
  private static final int POSITIVE = 11;

  private HistogramEncoder() {}

  private interface Content {
    void write(CodedOutputStream out) throws IOException;
  }

  static byte[] encode(Histogram h) {
    return message(out -> {
      out.writeDouble(2, h.count());
      out.writeFixed64(3, Double.doubleToRawLongBits(h.sum()));
      out.writeSInt32(4, h.schema());
      out.writeDouble(5, h.zeroThreshold());
      out.writeDouble(7, h.zeroCount());
      side(out, NEGATIVE, h.negative());
      side(out, POSITIVE, h.positive());
      out.writeEnum(
          14,
          switch (h.reset()) {
            case UNKNOWN -> 0;
            case RESET -> 1;
            case NOT_RESET -> 2;
            case GAUGE -> 3;
          });
      for (double bound : h.bounds()) {
        out.writeDouble(16, bound);
      }
    });
  }

  private static void side(CodedOutputStream out, int field, Histogram.Buckets buckets)
      throws IOException {
    for (int i = 0; i < buckets.spans().length; i += 2) {
      int offset = buckets.spans()[i];
      int length = buckets.spans()[i + 1];
      byte[] span =
          message(inner -> {
            inner.writeSInt32(1, offset);
            inner.writeUInt32(2, length);
          });
      out.writeByteArray(field, span);
    }
    for (double count : buckets.counts()) {
      out.writeDouble(field + 2, count);
    }
  }

  private static byte[] message(Content content) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    CodedOutputStream out = CodedOutputStream.newInstance(bytes);
    try {
      content.write(out);
      out.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e); // of a byte array: never
    }
    return bytes.toByteArray();
  }
}
