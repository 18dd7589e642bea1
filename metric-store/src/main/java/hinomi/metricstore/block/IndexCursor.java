package hinomi.metricstore.block;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/// Reads varints and texts from a place in a mapped index, whose checksum was right. One thread.
final class IndexCursor {
  private final ByteBuffer bytes;
  private int at;

  IndexCursor(ByteBuffer bytes, int at) {
    this.bytes = bytes;
    this.at = at;
  }

  void move(int to) {
    at = to;
  }

  long varint() {
    long value = 0;
    for (int shift = 0; ; shift += 7) {
      byte next = bytes.get(at++);
      value |= (next & 0x7FL) << shift;
      if (next >= 0) {
        return value;
      }
    }
  }

  int count() {
    return Math.toIntExact(varint());
  }

  long zigzag() {
    long value = varint();
    return value >>> 1 ^ -(value & 1);
  }

  int number() {
    at += 4;
    return bytes.getInt(at - 4);
  }

  String text() {
    byte[] utf8 = new byte[count()];
    bytes.get(at, utf8);
    at += utf8.length;
    return new String(utf8, StandardCharsets.UTF_8);
  }
}
