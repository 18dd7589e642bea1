package hinomi.wire;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// The form in which all known senders write a sample with a time between the years 1971 and 2109,
/// so that it can be read in three steps. It is the same in both versions of remote write. Callers
/// see to it that [#SIZE] bytes are there.
///
/// ```
/// 12 10  09 V V V V V V V V  10 T T T T T T
/// ```
final class UsualSample {
  /// Bytes, with tag and length.
  static final int SIZE = 18;

  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  /// From the last byte of the value on.
  private static final int TAIL = 10;

  private UsualSample() {}

  static boolean is(byte[] bytes, int at) {
    long head = (long) LONG.get(bytes, at);
    long tail = (long) LONG.get(bytes, at + TAIL);
    return (head & 0xFF_FFFFL) == 0x09_10_12L
        && (tail & 0x8080_8080_8080_FF00L) == 0x0080_8080_8080_1000L;
  }

  static double value(byte[] bytes, int at) {
    return Double.longBitsToDouble((long) LONG.get(bytes, at + 3));
  }

  /// Milliseconds: six digits to the base of 128, the lowest first.
  static long time(byte[] bytes, int at) {
    long tail = (long) LONG.get(bytes, at + TAIL);
    return ((tail >>> 16) & 0x7FL)
        | ((tail >>> 17) & 0x3F80L)
        | ((tail >>> 18) & 0x1F_C000L)
        | ((tail >>> 19) & 0xFE0_0000L)
        | ((tail >>> 20) & 0x7_F000_0000L)
        | ((tail >>> 21) & 0x3F8_0000_0000L);
  }
}
