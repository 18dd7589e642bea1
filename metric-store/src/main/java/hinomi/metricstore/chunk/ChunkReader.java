package hinomi.metricstore.chunk;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// Unpacks all samples of a chunk at once, as [Chunk.Cursor] does one by one: everything in locals,
/// and one look at the bits for a sample as they mostly are. Stateless.
final class ChunkReader {
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  /// So many bits are there whatever the position within a byte.
  private static final int SURE = 57;

  /// Of the change of a distance, by the ones before it: 14, 17, 20.
  private static final int TIME_BITS = 20 << 24 | 17 << 16 | 14 << 8;

  private static final long NEW_WINDOW = 1L << 62;

  private ChunkReader() {}

  /// @param count of samples, at least one
  /// @param begin index of the first in `times` and `values`, which have room
  /// @return the index behind the last
  static int unpack(byte[] bytes, int count, long[] times, double[] values, int begin) {
    int end = begin + count;
    long timestamp = wide(bytes, 0, 64);
    long bits = wide(bytes, 64, 64);
    times[begin] = timestamp;
    values[begin] = Double.longBitsToDouble(bits);
    int position = 128;
    long delta = 0;
    int width = 0;
    int trailing = 0;
    for (int i = begin + 1; i < end; i++) {
      long word = word(bytes, position);
      int used = 1;
      if (word < 0) {
        int ones = Math.min(4, Long.numberOfLeadingZeros(~word));
        if (ones < 4) {
          int wide = TIME_BITS >>> (8 * ones) & 0xFF;
          delta += word << (ones + 1) >> (64 - wide);
          used = ones + 1 + wide;
        } else {
          delta += wide(bytes, position + 4, 64);
          position += 68;
          word = word(bytes, position);
          used = 0;
        }
      }
      timestamp += delta;
      times[i] = timestamp;
      long rest = word << used;
      if (rest >= 0) {
        position += used + 1;
      } else {
        if ((rest & NEW_WINDOW) != 0) {
          int leading = (int) (rest << 2 >>> 59);
          width = (int) (rest << 7 >>> 58) + 1;
          trailing = 64 - leading - width;
          used += 13;
        } else {
          used += 2;
        }
        position += used;
        long xor =
            used + width <= SURE ? word << used >>> (64 - width) : wide(bytes, position, width);
        bits ^= xor << trailing;
        position += width;
      }
      values[i] = Double.longBitsToDouble(bits);
    }
    return end;
  }

  private static long wide(byte[] bytes, int position, int width) {
    if (width <= SURE) {
      return word(bytes, position) >>> (64 - width);
    }
    long high = word(bytes, position) >>> (96 - width);
    return high << 32 | word(bytes, position + width - 32) >>> 32;
  }

  /// At least 57 bits from a position on, first bit highest; as if zeros followed the last.
  private static long word(byte[] bytes, int position) {
    int at = position >>> 3;
    long word = at + 8 <= bytes.length ? (long) LONG.get(bytes, at) : tail(bytes, at);
    return word << (position & 7);
  }

  private static long tail(byte[] bytes, int at) {
    long word = 0;
    for (int i = 0; i < 8; i++) {
      word = word << 8 | (at + i < bytes.length ? bytes[at + i] & 0xFF : 0);
    }
    return word;
  }
}
