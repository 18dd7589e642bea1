package hinomi.metricstore.chunk;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/// Packs samples of rising timestamps: delta of delta for time, XOR for values (Pelkonen et al.,
/// "Gorilla", VLDB 2015, with the time classes of Prometheus). Every double survives to the last
/// bit. The layout is drawn in `docs/formats/metric-store.md`.
///
/// One thread writes. What [#chunk] handed out stays valid while writing goes on: bits are only
/// ever added behind those it covers.
public final class ChunkWriter {
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
  private static final int MAX_LEADING = 31;

  private byte[] bytes = new byte[48];
  private int position;
  private int count;
  private long first;
  private long last;
  private long delta;
  private long lastBits;
  private int leading = -1;
  private int trailing;

  /// Adds a sample whose timestamp is above all before.
  ///
  /// @param bits the value's raw bits
  public void append(long timestamp, long bits) {
    if (count == 0) {
      first = timestamp;
      write(timestamp, 64);
      write(bits, 64);
    } else {
      writeTime(timestamp);
      writeValue(bits ^ lastBits);
    }
    last = timestamp;
    lastBits = bits;
    count++;
  }

  public int count() {
    return count;
  }

  public long first() {
    return first;
  }

  /// What has been written so far; shares the bytes with this writer.
  public Chunk chunk() {
    return new Chunk(bytes, (position + 7) >>> 3, count, first, last);
  }

  /// What has been written, in bytes of its own that are no longer than needed. Writing ends here.
  public Chunk seal() {
    int length = (position + 7) >>> 3;
    return new Chunk(Arrays.copyOf(bytes, length), length, count, first, last);
  }

  private void writeTime(long timestamp) {
    long newDelta = timestamp - last;
    long change = newDelta - delta;
    delta = newDelta;
    if (change == 0) {
      write(0, 1);
    } else if (fits(change, 14)) {
      write(0b10, 2);
      write(change, 14);
    } else if (fits(change, 17)) {
      write(0b110, 3);
      write(change, 17);
    } else if (fits(change, 20)) {
      write(0b1110, 4);
      write(change, 20);
    } else {
      write(0b1111, 4);
      write(change, 64);
    }
  }

  private static boolean fits(long value, int bits) {
    return value == value << (64 - bits) >> (64 - bits);
  }

  private void writeValue(long xor) {
    if (xor == 0) {
      write(0, 1);
      return;
    }
    int zerosBefore = Math.min(MAX_LEADING, Long.numberOfLeadingZeros(xor));
    int zerosAfter = Long.numberOfTrailingZeros(xor);
    if (leading >= 0 && zerosBefore >= leading && zerosAfter >= trailing) {
      write(0b10, 2);
    } else {
      leading = zerosBefore;
      trailing = zerosAfter;
      write(0b11, 2);
      write(leading, 5);
      write(64 - leading - trailing - 1, 6);
    }
    write(xor >>> trailing, 64 - leading - trailing);
  }

  private void write(long value, int bits) {
    if (bits > 57) {
      write(value >>> 32, bits - 32);
      write(value, 32);
      return;
    }
    int at = position >>> 3;
    if (at + 8 > bytes.length) {
      bytes = Arrays.copyOf(bytes, bytes.length * 2);
    }
    long masked = value & (-1L >>> (64 - bits));
    long word = (long) LONG.get(bytes, at);
    LONG.set(bytes, at, word | masked << (64 - (position & 7) - bits));
    position += bits;
  }
}
