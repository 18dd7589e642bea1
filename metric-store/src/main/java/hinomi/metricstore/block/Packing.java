package hinomi.metricstore.block;

import hinomi.metricstore.dense.Damaged;
import hinomi.metricstore.dense.DenseDecoder;
import hinomi.metricstore.dense.DenseDecoder.Packed;
import hinomi.metricstore.dense.HistogramDecoder;
import hinomi.metricstore.dense.TimeColumn;
import hinomi.model.Points;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/// Unpacks chunks with decoders that are used again: each has tables and scratch arrays that are
/// dear to make, and remembers the times that it unpacked last, for the next series often has the
/// same. Any thread.
final class Packing {
  /// A day of samples, one each 15 s, is one chunk.
  static final int MOST_SAMPLES = 8192;

  private static final int KEPT = 16;

  private final AtomicReferenceArray<@Nullable Unpacker> idle = new AtomicReferenceArray<>(KEPT);

  /// Adds the samples of a chunk between two times, both included; false when its bytes are not
  /// those that were written.
  ///
  /// @param file the block in which it lies
  boolean unpack(Bytes file, Place place, Between between, Points into) {
    Unpacker unpacker = take();
    try {
      boolean whole = unpacker.unpack(file, place, between, into);
      give(unpacker);
      return whole;
    } catch (Damaged e) {
      return false; // and nobody knows in what state the decoder is
    }
  }

  /// A block's file.
  ///
  /// @param block its number
  record Bytes(long block, MemorySegment segment) {}

  /// @param from milliseconds since the epoch, included
  /// @param to milliseconds since the epoch, included
  record Between(long from, long to) {}

  private Unpacker take() {
    for (int i = 0; i < KEPT; i++) {
      if (idle.getPlain(i) != null) {
        Unpacker unpacker = idle.getAndSet(i, null);
        if (unpacker != null) {
          return unpacker;
        }
      }
    }
    return new Unpacker();
  }

  private void give(Unpacker unpacker) {
    for (int i = 0; i < KEPT; i++) {
      if (idle.getPlain(i) == null && idle.compareAndSet(i, null, unpacker)) {
        return;
      }
    }
  }

  /// Times that were unpacked, and of what.
  private static final class Known {
    private final TimeColumn times = new TimeColumn();
    private long block = -1;
    private int column;
    private @Nullable Between between;

    boolean is(Bytes file, Place.Times wanted, Between within) {
      return block == file.block && column == wanted.number() && within.equals(between);
    }

    void set(Bytes file, Place.Times now, Between within) {
      block = file.block;
      column = now.number();
      between = within;
    }
  }

  /// One decoder and the times that it holds: of several blocks, for a series is read from block to
  /// block, and then the next one. One thread at a time.
  private static final class Unpacker {
    private static final int COLUMNS = 16;

    private final DenseDecoder decoder = new DenseDecoder();
    private final HistogramDecoder histograms = new HistogramDecoder();
    private final @Nullable Known[] columns = new @Nullable Known[COLUMNS];

    boolean unpack(Bytes file, Place place, Between wanted, Points into) {
      MemorySegment of = file.segment();
      Place.Times times = place.times();
      if (!isWhole(of, place.offset(), place.length(), place.checksum())) {
        return false;
      }
      if (place.encoding() == Encoding.HISTOGRAM) {
        histograms.decode(
            new Packed(of, place.offset(), place.length(), place.count()),
            wanted.from(),
            wanted.to(),
            into);
        return true;
      }
      Known known = known(file, times);
      if (!known.is(file, times, wanted)) {
        known.block = -1; // until they are unpacked
        if (!isWhole(of, times.offset(), times.length(), times.checksum())) {
          return false;
        }
        decoder.decodeTimes(
            new Packed(of, times.offset(), times.length(), times.count()),
            wanted.from(),
            wanted.to(),
            known.times);
        known.set(file, times, wanted);
      }
      decoder.decodeValues(
          new Packed(of, place.offset(), place.length(), times.count()), known.times, into);
      return true;
    }

    private Known known(Bytes file, Place.Times times) {
      int at = (int) (file.block + 7L * times.number()) & (COLUMNS - 1);
      Known known = columns[at];
      if (known == null) {
        known = new Known();
        columns[at] = known;
      }
      return known;
    }

    private static boolean isWhole(MemorySegment of, long offset, int length, int checksum) {
      CRC32C crc = new CRC32C();
      crc.update(of.asSlice(offset, length).asByteBuffer());
      return (int) crc.getValue() == checksum;
    }
  }
}
