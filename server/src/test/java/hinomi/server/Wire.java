package hinomi.server;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPOutputStream;

/// Bytes as foreign senders make them: protobuf, snappy and gzip, written by hand.
final class Wire {
  private static final int LONGEST_LITERAL = 60_000;

  private Wire() {}

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  static byte[] join(byte[]... parts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }

  private static byte[] varint(long value) {
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
  static byte[] field(int number, byte[]... content) {
    byte[] joined = join(content);
    return join(varint(((long) number << 3) | 2), varint(joined.length), joined);
  }

  static byte[] number(int number, long value) {
    return join(varint((long) number << 3), varint(value));
  }

  static byte[] fixed64(int number, long value) {
    byte[] eight =
        ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN).putLong(value).array();
    return join(varint(((long) number << 3) | 1), eight);
  }

  /// A snappy block of literals alone: the decoded length, then runs of bytes as they are.
  static byte[] snappy(byte[] content) {
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

  static byte[] gzip(byte[] content) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }
}
