package hinomi.metricstore.disk;

import hinomi.model.Labels;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Reads what [ByteSink] wrote. What it reads has passed its checksum, so running over the end is
/// our own mistake and shows as an `IndexOutOfBoundsException`. One thread.
public final class ByteSource {
  private final byte[] bytes;
  private int at;

  public ByteSource(byte[] bytes) {
    this.bytes = bytes;
  }

  public boolean hasMore() {
    return at < bytes.length;
  }

  public int takeByte() {
    return bytes[at++] & 0xFF;
  }

  public int takeInt() {
    int value = 0;
    for (int i = 0; i < 4; i++) {
      value |= (bytes[at++] & 0xFF) << (8 * i);
    }
    return value;
  }

  public long takeLong() {
    long value = 0;
    for (int i = 0; i < 8; i++) {
      value |= (bytes[at++] & 0xFFL) << (8 * i);
    }
    return value;
  }

  public long takeVarint() {
    long value = 0;
    for (int shift = 0; ; shift += 7) {
      byte next = bytes[at++];
      value |= (next & 0x7FL) << shift;
      if (next >= 0) {
        return value;
      }
    }
  }

  /// A varint that counts something held in memory.
  public int takeCount() {
    return Math.toIntExact(takeVarint());
  }

  public long takeZigzag() {
    long value = takeVarint();
    return value >>> 1 ^ -(value & 1);
  }

  public byte[] take(int length) {
    byte[] taken = Arrays.copyOfRange(bytes, at, at + length);
    at += length;
    return taken;
  }

  public String takeText() {
    int length = takeCount();
    String text = new String(bytes, at, length, StandardCharsets.UTF_8);
    at += length;
    return text;
  }

  public Labels takeLabels() {
    String[] pairs = new String[2 * takeCount()];
    for (int i = 0; i < pairs.length; i++) {
      pairs[i] = takeText();
    }
    return Labels.of(pairs);
  }
}
