package hinomi.metricstore.head;

import hinomi.metricstore.chunk.Chunk;
import hinomi.metricstore.chunk.ChunkWriter;
import hinomi.metricstore.chunk.Piece;
import hinomi.model.Points;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;

/// A few samples of one series that came behind newer ones, sorted by time. Immutable: a query
/// keeps reading what it took while others come in.
final class LateSamples implements Piece {
  static final LateSamples NONE = new LateSamples(new long[0], new long[0]);

  private final long[] timestamps;
  private final long[] bits;

  private LateSamples(long[] timestamps, long[] bits) {
    this.timestamps = timestamps;
    this.bits = bits;
  }

  /// These and one more; the same if its timestamp is there already.
  LateSamples with(long timestamp, long value) {
    int found = Arrays.binarySearch(timestamps, timestamp);
    if (found >= 0) {
      return this;
    }
    return new LateSamples(
        inserted(timestamps, -found - 1, timestamp), inserted(bits, -found - 1, value));
  }

  private static long[] inserted(long[] array, int at, long value) {
    long[] longer = new long[array.length + 1];
    System.arraycopy(array, 0, longer, 0, at);
    longer[at] = value;
    System.arraycopy(array, at, longer, at + 1, array.length - at);
    return longer;
  }

  /// Those before a time.
  LateSamples before(long end) {
    int found = Arrays.binarySearch(timestamps, end);
    int keep = found >= 0 ? found : -found - 1;
    return keep == timestamps.length
        ? this
        : new LateSamples(Arrays.copyOf(timestamps, keep), Arrays.copyOf(bits, keep));
  }

  /// Those whose timestamps others do not have.
  LateSamples without(LateSamples others) {
    if (others.count() == 0) {
      return this;
    }
    LateSamples left = NONE;
    for (int i = 0; i < timestamps.length; i++) {
      if (Arrays.binarySearch(others.timestamps, timestamps[i]) < 0) {
        left = left.with(timestamps[i], bits[i]);
      }
    }
    return left;
  }

  /// Packed into chunks, none of which reaches over a multiple of the span.
  List<Chunk> packed(long span) {
    List<Chunk> chunks = new ArrayList<>();
    ChunkWriter writer = new ChunkWriter();
    long end = Long.MIN_VALUE;
    for (int i = 0; i < timestamps.length; i++) {
      if (timestamps[i] >= end && writer.count() > 0) {
        chunks.add(writer.seal());
        writer = new ChunkWriter();
      }
      end = (Math.floorDiv(timestamps[i], span) + 1) * span;
      writer.append(timestamps[i], bits[i]);
    }
    if (writer.count() > 0) {
      chunks.add(writer.seal());
    }
    return chunks;
  }

  OptionalLong bitsAt(long timestamp) {
    int found = Arrays.binarySearch(timestamps, timestamp);
    return found >= 0 ? OptionalLong.of(bits[found]) : OptionalLong.empty();
  }

  @Override
  public long first() {
    return timestamps.length == 0 ? Long.MAX_VALUE : timestamps[0];
  }

  @Override
  public long last() {
    return timestamps.length == 0 ? Long.MIN_VALUE : timestamps[timestamps.length - 1];
  }

  @Override
  public int count() {
    return timestamps.length;
  }

  @Override
  public void read(long from, long to, Points into) {
    for (int i = 0; i < timestamps.length; i++) {
      if (timestamps[i] >= from && timestamps[i] <= to) {
        into.add(timestamps[i], Double.longBitsToDouble(bits[i]));
      }
    }
  }
}
