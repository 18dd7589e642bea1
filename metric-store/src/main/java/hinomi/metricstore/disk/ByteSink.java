package hinomi.metricstore.disk;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Growing bytes: little-endian numbers, LEB128 varints, length-led texts. One thread.
public final class ByteSink {
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private byte[] bytes;
  private int size;

  public ByteSink(int expected) {
    bytes = new byte[Math.max(16, expected)];
  }

  public int size() {
    return size;
  }

  /// The bytes; only the first [#size] have been put.
  public byte[] bytes() {
    return bytes;
  }

  /// Forgets what lies behind a size, such as everything for 0.
  public void shrink(int toSize) {
    size = toSize;
  }

  public void putByte(int value) {
    room(1);
    bytes[size++] = (byte) value;
  }

  public void putInt(int value) {
    room(4);
    setInt(size, value);
    size += 4;
  }

  public void putInts(int[] values, int count) {
    room(4 * count);
    for (int i = 0, at = size; i < count; i++, at += 4) {
      INT.set(bytes, at, values[i]);
    }
    size += 4 * count;
  }

  /// Overwrites four bytes that were put before.
  public void setInt(int at, int value) {
    INT.set(bytes, at, value);
  }

  public void putLong(long value) {
    room(8);
    LONG.set(bytes, size, value);
    size += 8;
  }

  /// An unsigned number, seven bits a byte, low bits first; at most ten bytes.
  public void putVarint(long value) {
    room(10);
    long rest = value;
    while ((rest & ~0x7FL) != 0) {
      bytes[size++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    bytes[size++] = (byte) rest;
  }

  /// A signed number, small in either direction.
  public void putZigzag(long value) {
    putVarint(value << 1 ^ value >> 63);
  }

  public void put(byte[] source, int length) {
    room(length);
    System.arraycopy(source, 0, bytes, size, length);
    size += length;
  }

  /// Two numbers that are small nearly always, and eight bytes behind them: what the log holds of
  /// each sample, so it has to be quick.
  public void putSample(long series, long timestamp, long bits) {
    room(28);
    int at = size;
    long first = series << 1 ^ series >> 63;
    long second = timestamp << 1 ^ timestamp >> 63;
    if (((first | second) & ~0x7FL) != 0) {
      putVarint(first);
      putVarint(second);
      at = size;
    } else {
      bytes[at] = (byte) first;
      bytes[at + 1] = (byte) second;
      at += 2;
    }
    LONG.set(bytes, at, bits);
    size = at + 8;
  }

  public void putText(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    putVarint(utf8.length);
    put(utf8, utf8.length);
  }

  private void room(int more) {
    if (size + more > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(size + more, bytes.length * 2));
    }
  }
}
