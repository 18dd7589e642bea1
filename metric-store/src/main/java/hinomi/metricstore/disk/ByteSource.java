package hinomi.metricstore.disk;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Reads what [ByteSink] wrote. What it reads has passed its checksum, so running over the end is
/// our own mistake and shows as an `IndexOutOfBoundsException`. One thread.
public final class ByteSource {
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

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
    int value = (int) INT.get(bytes, at);
    at += 4;
    return value;
  }

  public long takeLong() {
    long value = (long) LONG.get(bytes, at);
    at += 8;
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

  /// What is read, for taking a range without a copy; see [#position].
  public byte[] bytes() {
    return bytes;
  }

  public int position() {
    return at;
  }

  public void skip(int length) {
    at = Math.addExact(at, length);
  }
}
