package hinomi.metricstore.dense;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// A copy of packed bytes that is read from front to back and used again for the next ones. Eight
/// zeros follow the end, so that whole words can be loaded anywhere. One thread.
final class DenseInput {
  private static final int SLACK = 8;
  private static final int MAX_BYTES = 1 << 23;
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfInt INT =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private byte[] bytes = new byte[1 << 14];
  private MemorySegment segment = MemorySegment.ofArray(bytes);
  private int at;
  private int end;

  void load(DenseDecoder.Packed packed) {
    int length = packed.length();
    if (packed.count() < 1 || packed.count() > DenseDecoder.MAX_SAMPLES) {
      throw new Damaged("a column of " + packed.count() + " samples");
    }
    if (length < 0 || length > MAX_BYTES) {
      throw new Damaged("packed samples of " + length + " bytes");
    }
    if (length + SLACK > bytes.length) {
      bytes = new byte[Math.max(length + SLACK, bytes.length * 2)];
      segment = MemorySegment.ofArray(bytes);
    }
    MemorySegment.copy(packed.segment(), ValueLayout.JAVA_BYTE, packed.offset(), bytes, 0, length);
    begin(length);
  }

  private void begin(int length) {
    LONG.set(bytes, length, 0L);
    at = 0;
    end = length;
  }

  int takeByte() {
    if (at >= end) {
      throw new Damaged("packed samples end early");
    }
    return bytes[at++] & 0xFF;
  }

  long takeVarint() {
    long value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      int next = takeByte();
      value |= (next & 0x7FL) << shift;
      if (next < 0x80) {
        return value;
      }
    }
    throw new Damaged("a number has no end");
  }

  long takeZigzag() {
    long value = takeVarint();
    return (value >>> 1) ^ -(value & 1);
  }

  /// A number from 0 to a limit.
  int takeCount(int limit) {
    long value = takeVarint();
    if (value < 0 || value > limit) {
      throw new Damaged("a number is " + Long.toUnsignedString(value) + ", at most " + limit);
    }
    return (int) value;
  }

  long takeLong() {
    skip(8);
    return (long) LONG.get(bytes, at - 8);
  }

  /// Copies words from a position, without moving on.
  void ints(int position, int[] into, int at, int count) {
    MemorySegment.copy(segment, INT, position, into, at, count);
  }

  private void skip(long length) {
    if (length > end - at) {
      throw new Damaged("packed samples end early");
    }
    at += (int) length;
  }

  /// At least 57 bits from a position and so many bits behind it; zeros where there are none left.
  long wordAt(int position, long bits) {
    return word(bytes, position + (int) (bits >>> 3)) >>> (int) (bits & 7);
  }

  /// Eight bytes of an array from an index on.
  static long word(byte[] bytes, int index) {
    return (long) LONG.get(bytes, index);
  }

  /// The array itself, to be read by a tight loop; replaced by the next `load`.
  byte[] array() {
    return bytes;
  }

  int position() {
    return at;
  }

  /// Takes the length of a part that follows; the position behind that part.
  int takeEnd() {
    int length = takeCount(left());
    if (length > left()) {
      throw new Damaged("packed samples end early");
    }
    return at + length;
  }

  /// Bytes that have not been taken.
  int left() {
    return end - at;
  }

  void moveTo(int position) {
    if (position > end) {
      throw new Damaged("packed samples end early");
    }
    at = position;
  }

  void skipBits(long bits) {
    skip((bits + 7) >>> 3);
  }
}
