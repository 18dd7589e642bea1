package hinomi.promql.evaluate;

import hinomi.model.Labels;
import java.io.ByteArrayOutputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/// Puts each series at a place between 0 and 1, always the same one, and evenly spread: what
/// `limit_ratio` picks by. It is Prometheus' place, so that both pick the same series: xxHash64
/// (github.com/Cyan4973/xxHash, doc/xxhash_spec.md; seed 0) over its bytes of a label set, which
/// are, for names and values in turn and sorted by name, each length and then the UTF-8; a length
/// is one byte, or from 255 on the byte 255 and three bytes, the lowest first.
final class Sampler {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long PRIME_1 = 0x9E3779B185EBCA87L;
  private static final long PRIME_2 = 0xC2B2AE3D27D4EB4FL;
  private static final long PRIME_3 = 0x165667B19E3779F9L;
  private static final long PRIME_4 = 0x85EBCA77C2B2AE63L;
  private static final long PRIME_5 = 0x27D4EB2F165667C5L;
  private static final double TWO_TO_64 = 0x1p64;

  private Sampler() {}

  /// Whether a series is among so many of all.
  ///
  /// @param ratio from −1 to 1; below zero it picks what `1 + ratio` leaves out
  static boolean picks(double ratio, double place) {
    return ratio >= 0 ? place < ratio : place >= 1 + ratio;
  }

  static double place(Labels labels) {
    byte[] bytes = bytes(labels);
    long hash = hash(bytes, bytes.length);
    // The unsigned number, rounded once.
    double value = hash >= 0 ? hash : ((hash >>> 1) | (hash & 1)) * 2.0;
    return value / TWO_TO_64;
  }

  private static byte[] bytes(Labels labels) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    labels.forEach((name, value) -> {
      write(out, name);
      write(out, value);
    });
    return out.toByteArray();
  }

  private static void write(ByteArrayOutputStream out, String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    int length = utf8.length;
    out.write(Math.min(length, 255));
    if (length >= 255) {
      out.write(length);
      out.write(length >> 8);
      out.write(length >> 16);
    }
    out.writeBytes(utf8);
  }

  static long hash(byte[] bytes, int length) {
    int at = 0;
    long hash = PRIME_5;
    if (length >= 32) {
      // The first is the sum of both primes, the last what is below zero by the first.
      long[] lanes = {0x60EA27EEADC0B5D6L, PRIME_2, 0, 0x61C8864E7A143579L};
      for (; at + 32 <= length; at += 32) {
        for (int lane = 0; lane < 4; lane++) {
          lanes[lane] = round(lanes[lane], (long) LONGS.get(bytes, at + 8 * lane));
        }
      }
      hash =
          Long.rotateLeft(lanes[0], 1)
              + Long.rotateLeft(lanes[1], 7)
              + Long.rotateLeft(lanes[2], 12)
              + Long.rotateLeft(lanes[3], 18);
      for (long lane : lanes) {
        hash = (hash ^ round(0, lane)) * PRIME_1 + PRIME_4;
      }
    }
    hash += length;
    for (; at + 8 <= length; at += 8) {
      hash ^= round(0, (long) LONGS.get(bytes, at));
      hash = Long.rotateLeft(hash, 27) * PRIME_1 + PRIME_4;
    }
    if (at + 4 <= length) {
      hash ^= Integer.toUnsignedLong((int) INTS.get(bytes, at)) * PRIME_1;
      hash = Long.rotateLeft(hash, 23) * PRIME_2 + PRIME_3;
      at += 4;
    }
    for (; at < length; at++) {
      hash ^= (bytes[at] & 0xff) * PRIME_5;
      hash = Long.rotateLeft(hash, 11) * PRIME_1;
    }
    return avalanche(hash);
  }

  private static long round(long lane, long input) {
    return Long.rotateLeft(lane + input * PRIME_2, 31) * PRIME_1;
  }

  private static long avalanche(long mixed) {
    long hash = (mixed ^ (mixed >>> 33)) * PRIME_2;
    hash = (hash ^ (hash >>> 29)) * PRIME_3;
    return hash ^ (hash >>> 32);
  }
}
