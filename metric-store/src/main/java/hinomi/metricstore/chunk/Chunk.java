package hinomi.metricstore.chunk;

import hinomi.model.Points;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.OptionalLong;

/// A run of packed samples of one series, as [OpenChunk] made it. Immutable as far as its own
/// samples reach; any thread may read it.
public final class Chunk implements Piece {
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  private final byte[] bytes;
  private final int length;
  private final int count;
  private final long first;
  private final long last;

  /// @param bytes the packed samples, given away
  /// @param length how many of the bytes belong to this chunk
  /// @param first timestamp of the earliest sample
  /// @param last timestamp of the latest sample
  public Chunk(byte[] bytes, int length, int count, long first, long last) {
    this.bytes = bytes;
    this.length = length;
    this.count = count;
    this.first = first;
    this.last = last;
  }

  /// The packed samples; only the first [#length] bytes belong to this chunk.
  public byte[] bytes() {
    return bytes;
  }

  public int length() {
    return length;
  }

  @Override
  public int count() {
    return count;
  }

  @Override
  public long first() {
    return first;
  }

  @Override
  public long last() {
    return last;
  }

  @Override
  public void read(long from, long to, Points into) {
    if (count == 0 || last < from || first > to) {
      return;
    }
    into.reserve(count);
    long[] times = into.timestamps();
    double[] values = into.values();
    int begin = into.size();
    int end = ChunkReader.unpack(bytes, count, times, values, begin);
    while (end > begin && times[end - 1] > to) {
      end--;
    }
    int before = begin;
    while (before < end && times[before] < from) {
      before++;
    }
    int found = end - before;
    if (before > begin) {
      System.arraycopy(times, before, times, begin, found);
      System.arraycopy(values, before, values, begin, found);
    }
    into.grow(found);
  }

  /// The raw bits of the value at a timestamp.
  public OptionalLong bitsAt(long timestamp) {
    if (timestamp < first || timestamp > last) {
      return OptionalLong.empty();
    }
    Cursor cursor = new Cursor();
    while (cursor.next() && cursor.timestamp <= timestamp) {
      if (cursor.timestamp == timestamp) {
        return OptionalLong.of(cursor.bits);
      }
    }
    return OptionalLong.empty();
  }

  /// Unpacks sample by sample.
  public Cursor cursor() {
    return new Cursor();
  }

  /// A place in the chunk, before its first sample until [#next] is called. One thread.
  public final class Cursor {
    private int position;
    private int read;
    private long timestamp;
    private long bits;
    private long delta;
    private int leading;
    private int trailing;

    /// Moves to the next sample; false when there is none.
    public boolean next() {
      if (read == count) {
        return false;
      }
      if (read++ == 0) {
        timestamp = take(64);
        bits = take(64);
      } else {
        delta += change();
        timestamp += delta;
        bits ^= xor();
      }
      return true;
    }

    public long timestamp() {
      return timestamp;
    }

    /// The value's raw bits.
    public long bits() {
      return bits;
    }

    private long change() {
      if (take(1) == 0) {
        return 0;
      }
      if (take(1) == 0) {
        return signed(14);
      }
      if (take(1) == 0) {
        return signed(17);
      }
      return take(1) == 0 ? signed(20) : take(64);
    }

    private long signed(int width) {
      return take(width) << (64 - width) >> (64 - width);
    }

    private long xor() {
      if (take(1) == 0) {
        return 0;
      }
      if (take(1) == 1) {
        leading = (int) take(5);
        trailing = 64 - leading - ((int) take(6) + 1);
      }
      return take(64 - leading - trailing) << trailing;
    }

    private long take(int width) {
      if (width > 57) {
        long high = take(width - 32);
        return high << 32 | take(32);
      }
      int at = position >>> 3;
      long word = at + 8 <= bytes.length ? (long) LONG.get(bytes, at) : tail(at);
      long taken = word << (position & 7) >>> (64 - width);
      position += width;
      return taken;
    }

    /// The last few bytes, as if zeros followed them.
    private long tail(int at) {
      long word = 0;
      for (int i = 0; i < 8; i++) {
        word = word << 8 | (at + i < bytes.length ? bytes[at + i] & 0xFF : 0);
      }
      return word;
    }
  }
}
