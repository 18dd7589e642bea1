package hinomi.testkit;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPOutputStream;

/// Bytes as foreign senders make them: protobuf, snappy and gzip, written by hand, so that no
/// library of ours corrects what is meant to be wrong. Stateless; any thread.
public final class Wire {
  private static final int LONGEST_LITERAL = 60_000;

  private Wire() {}

  public static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  public static byte[] join(byte[]... parts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }

  /// A number in as many bytes as it needs, seven bits in each.
  public static byte[] varint(long value) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    long rest = value;
    while ((rest & ~0x7fL) != 0) {
      out.write((int) ((rest & 0x7f) | 0x80));
      rest >>>= 7;
    }
    out.write((int) rest);
    return out.toByteArray();
  }

  /// A protobuf field with bytes: a text, or a message made of fields.
  public static byte[] field(int number, byte[]... content) {
    byte[] joined = join(content);
    return join(varint(((long) number << 3) | 2), varint(joined.length), joined);
  }

  /// A protobuf field with a number.
  public static byte[] number(int number, long value) {
    return join(varint((long) number << 3), varint(value));
  }

  /// A number whose sign stands in its lowest bit: protobuf's `sint32` and `sint64`.
  public static long zigzag(long value) {
    return (value << 1) ^ (value >> 63);
  }

  /// A protobuf field with a double, to the last bit.
  public static byte[] real(int number, double value) {
    return fixed64(number, Double.doubleToRawLongBits(value));
  }

  /// A protobuf field with eight bytes.
  public static byte[] fixed64(int number, long value) {
    byte[] eight =
        ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN).putLong(value).array();
    return join(varint(((long) number << 3) | 1), eight);
  }

  /// A snappy block of literals alone: the decoded length, then runs of bytes as they are.
  public static byte[] snappy(byte[] content) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(varint(content.length));
    for (int at = 0; at < content.length; at += LONGEST_LITERAL) {
      int length = Math.min(LONGEST_LITERAL, content.length - at);
      out.write(61 << 2); // a literal whose length less one stands in two bytes
      out.write((length - 1) & 0xff);
      out.write((length - 1) >> 8);
      out.write(content, at, length);
    }
    return out.toByteArray();
  }

  public static byte[] gzip(byte[] content) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }
}
