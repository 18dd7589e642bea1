package hinomi.logindexer.words;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/// A Bloom filter over token hashes: eight bits a token, four probes, about one false answer in
/// forty. Bytes on disk: bits in little-endian 64-bit words; no bytes for no token.
public final class TokenFilter {
  private static final VarHandle WORD =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final int BITS_A_TOKEN = 8;
  private static final int PROBES = 4;

  private TokenFilter() {}

  static byte[] of(long[] hashes) {
    Arrays.sort(hashes);
    int distinct = 0;
    for (int i = 0; i < hashes.length; i++) {
      if (i == 0 || hashes[i] != hashes[i - 1]) {
        hashes[distinct++] = hashes[i];
      }
    }
    if (distinct == 0) {
      return new byte[0];
    }
    int words = (distinct * BITS_A_TOKEN + 63) / 64;
    byte[] filter = new byte[words * 8];
    for (int i = 0; i < distinct; i++) {
      for (int probe = 0; probe < PROBES; probe++) {
        int bit = bit(hashes[i], probe, words);
        int at = (bit >>> 6) * 8;
        WORD.set(filter, at, (long) WORD.get(filter, at) | 1L << (bit & 63));
      }
    }
    return filter;
  }

  /// Whether the token may be in it; false is certain.
  ///
  /// @param bytes holds the filter from `offset` on
  public static boolean mayHold(byte[] bytes, int offset, int length, long hash) {
    int words = length / 8;
    if (words == 0) {
      return false;
    }
    for (int probe = 0; probe < PROBES; probe++) {
      int bit = bit(hash, probe, words);
      long word = (long) WORD.get(bytes, offset + (bit >>> 6) * 8);
      if ((word & 1L << (bit & 63)) == 0) {
        return false;
      }
    }
    return true;
  }

  /// Double hashing: the halves of the hash are start and stride; scaled to the filter's size.
  private static int bit(long hash, int probe, int words) {
    long mixed = ((int) hash + probe * ((int) (hash >>> 32) | 1)) & 0xFFFF_FFFFL;
    return (int) ((mixed * (words * 64L)) >>> 32);
  }
}
