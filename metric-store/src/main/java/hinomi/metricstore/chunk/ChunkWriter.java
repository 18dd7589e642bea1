package hinomi.metricstore.chunk;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/// Packs samples of rising timestamps: delta of delta for time, XOR for values (Pelkonen et al.,
/// "Gorilla", VLDB 2015, with the time classes of Prometheus). Every double survives to the last
/// bit. The layout is drawn in `docs/formats/metric-store.md`. Used for one chunk after another;
/// between two it holds no memory.
///
/// One thread writes. What [#chunk] handed out stays valid while writing goes on: bits are only
/// ever added behind those it covers.
public final class ChunkWriter {
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
  private static final int MAX_LEADING = 31;
  private static final byte[] NOTHING = {};

  private byte[] bytes = NOTHING;
  private int position;
  private int count;
  private byte leading;
  private byte trailing;
  private long first;
  private long last;
  private long delta;
  private long lastBits;

  /// Adds a sample whose timestamp is above all before.
  ///
  /// @param bits the value's raw bits
  public void append(long timestamp, long bits) {
    if (count == 0) {
      begin(timestamp, bits);
    } else {
      long newDelta = timestamp - last;
      long change = newDelta - delta;
      delta = newDelta;
      if (change == 0) {
        writeValue(0, 1, bits ^ lastBits);
      } else if (fits(change, 14)) {
        writeValue(0b10L << 14 | (change & 0x3FFF), 16, bits ^ lastBits);
      } else {
        writeTime(change);
        writeValue(0, 0, bits ^ lastBits);
      }
    }
    last = timestamp;
    lastBits = bits;
    count++;
  }

  private void begin(long timestamp, long bits) {
    bytes = new byte[32];
    position = 0;
    delta = 0;
    leading = -1;
    first = timestamp;
    write(timestamp, 64);
    write(bits, 64);
  }

  /// Reads where the next bits go, so that it is near when they come; the value means nothing.
  public int touch() {
    int at = position >>> 3;
    return at < bytes.length ? bytes[at] : 0;
  }

  public int count() {
    return count;
  }

  public long first() {
    return first;
  }

  public long last() {
    return last;
  }

  /// The raw bits of the value added last.
  public long lastBits() {
    return lastBits;
  }

  /// What has been written so far; shares the bytes with this writer.
  public Chunk chunk() {
    return new Chunk(bytes, (position + 7) >>> 3, count, first, last);
  }

  /// What has been written, in bytes of its own that are no longer than needed. The next sample
  /// begins another chunk.
  public Chunk seal() {
    int length = (position + 7) >>> 3;
    Chunk sealed = new Chunk(Arrays.copyOf(bytes, length), length, count, first, last);
    bytes = NOTHING;
    count = 0;
    return sealed;
  }

  private void writeTime(long change) {
    if (fits(change, 17)) {
      write(0b110L << 17 | (change & 0x1_FFFF), 20);
    } else if (fits(change, 20)) {
      write(0b1110L << 20 | (change & 0xF_FFFF), 24);
    } else {
      write(0b1111, 4);
      write(change, 64);
    }
  }

  private static boolean fits(long value, int bits) {
    return value == value << (64 - bits) >> (64 - bits);
  }

  /// Writes bits that come first, at most 16, and a value. Both at once where they fit into a word,
  /// as nearly always: a word that is read behind one just written costs more than all the rest.
  private void writeValue(long before, int beforeBits, long xor) {
    if (xor == 0) {
      write(before << 1, beforeBits + 1);
      return;
    }
    int zerosBefore = Math.min(MAX_LEADING, Long.numberOfLeadingZeros(xor));
    int zerosAfter = Long.numberOfTrailingZeros(xor);
    long code;
    int codeBits;
    if (leading >= 0 && zerosBefore >= leading && zerosAfter >= trailing) {
      code = before << 2 | 0b10;
      codeBits = beforeBits + 2;
    } else {
      leading = (byte) zerosBefore;
      trailing = (byte) zerosAfter;
      code = before << 13 | 0b11L << 11 | (long) zerosBefore << 6 | (63 - zerosBefore - zerosAfter);
      codeBits = beforeBits + 13;
    }
    int width = 64 - leading - trailing;
    if (codeBits + width <= 57) {
      write(code << width | xor >>> trailing, codeBits + width);
    } else {
      write(code, codeBits);
      write(xor >>> trailing, width);
    }
  }

  private void write(long value, int bits) {
    if (bits > 57) {
      write(value >>> 32, bits - 32);
      write(value, 32);
      return;
    }
    int at = position >>> 3;
    if (at + 8 > bytes.length) {
      bytes = Arrays.copyOf(bytes, grown(bytes.length));
    }
    long masked = value & (-1L >>> (64 - bits));
    long word = (long) LONG.get(bytes, at);
    LONG.set(bytes, at, word | masked << (64 - (position & 7) - bits));
    position += bits;
  }

  /// Doubles while small, then grows by a half: many series are idle with a chunk half full.
  private static int grown(int length) {
    return length < 128 ? length * 2 : (length + (length >>> 1)) & -8;
  }
}
