package hinomi.metricstore.index;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.security.SecureRandom;

/// A 64-bit hash of bytes, 16 of them at a time: words are XORed with secrets, multiplied to 128
/// bits and folded (the construction of Wang Yi's "wyhash"). The secrets are drawn anew in every
/// process, so that nobody can prepare names that collide. Any thread.
public final class ByteHash {
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private final long seed;
  private final long left;
  private final long right;

  public ByteHash() {
    SecureRandom random = new SecureRandom();
    seed = random.nextLong();
    left = random.nextLong();
    right = random.nextLong();
  }

  public long of(byte[] bytes, int from, int to) {
    long hash = seed ^ (to - from);
    int at = from;
    for (; at + 16 <= to; at += 16) {
      hash = fold((long) LONG.get(bytes, at) ^ left, (long) LONG.get(bytes, at + 8) ^ hash);
    }
    if (at + 8 <= to) {
      hash = fold((long) LONG.get(bytes, at) ^ right, rest(bytes, at + 8, to) ^ hash);
    } else if (at < to) {
      hash = fold(rest(bytes, at, to) ^ right, left ^ hash);
    }
    return fold(hash ^ right, left);
  }

  /// Fewer than eight bytes as a number.
  private static long rest(byte[] bytes, int from, int to) {
    long word = 0;
    for (int at = from; at < to; at++) {
      word = word << 8 | (bytes[at] & 0xFF);
    }
    return word;
  }

  private static long fold(long a, long b) {
    return Math.multiplyHigh(a, b) ^ a * b;
  }
}
