package hinomi.metricstore.block;

import hinomi.metricstore.disk.ByteSink;
import hinomi.metricstore.disk.ByteSource;
import hinomi.metricstore.disk.Frames;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The last bytes of a block: what is where, and which blocks it stands in for. Drawn in
/// `docs/formats/metric-store.md`.
///
/// @param first timestamp of the earliest sample
/// @param last timestamp of the latest sample
/// @param samples how many
/// @param indexOffset where the index begins in the file
/// @param indexLength how long it is
/// @param series how many series
/// @param places where the tables begin in the index
/// @param indexChecksum CRC32C of the index
/// @param replaces numbers of the blocks whose samples are all here (those that were not deleted):
///   a file of theirs that is still there, or there again, does not count
record Footer(
    long first,
    long last,
    long samples,
    long indexOffset,
    long indexLength,
    int series,
    Places places,
    int indexChecksum,
    List<Long> replaces) {
  /// Also the first eight bytes of the file.
  static final long MAGIC = 0x324B_4C42_4F4E_4948L;

  private static final int FIXED = 84;

  /// @param pairs where the table of pairs of name and value begins
  /// @param pairCount how many pairs
  /// @param names where the table of label names begins
  /// @param groups where the table of groups of series begins
  /// @param times where the table of columns of times begins
  record Places(int pairs, int pairCount, int names, int groups, int times) {}

  byte[] bytes() {
    ByteSink sink = new ByteSink(FIXED + 8 * replaces.size());
    replaces.forEach(sink::putLong);
    sink.putLong(first);
    sink.putLong(last);
    sink.putLong(samples);
    sink.putLong(indexOffset);
    sink.putLong(indexLength);
    sink.putInt(series);
    sink.putInt(places.pairs());
    sink.putInt(places.pairCount());
    sink.putInt(places.names());
    sink.putInt(places.groups());
    sink.putInt(places.times());
    sink.putInt(replaces.size());
    sink.putInt(indexChecksum);
    sink.putInt(Frames.checksum(sink.bytes(), 0, sink.size()));
    sink.putLong(MAGIC);
    byte[] bytes = new byte[sink.size()];
    System.arraycopy(sink.bytes(), 0, bytes, 0, bytes.length);
    return bytes;
  }

  /// Empty when the file does not end with a whole footer.
  static Optional<Footer> read(MemorySegment file) {
    long fixed = file.byteSize() - FIXED;
    if (fixed < Long.BYTES) {
      return Optional.empty();
    }
    int replaced = file.get(ValueLayout.JAVA_INT_UNALIGNED, fixed + 64);
    long begin = fixed - 8L * replaced;
    if (replaced < 0 || begin < Long.BYTES) {
      return Optional.empty();
    }
    byte[] bytes = file.asSlice(begin).toArray(ValueLayout.JAVA_BYTE);
    ByteSource source = new ByteSource(bytes);
    List<Long> replaces = new ArrayList<>(replaced);
    for (int i = 0; i < replaced; i++) {
      replaces.add(source.takeLong());
    }
    Footer footer = fixed(source, List.copyOf(replaces));
    boolean whole =
        source.takeInt() == Frames.checksum(bytes, 0, bytes.length - 12)
            && source.takeLong() == MAGIC
            && footer.indexOffset + footer.indexLength == begin;
    return whole ? Optional.of(footer) : Optional.empty();
  }

  private static Footer fixed(ByteSource source, List<Long> replaces) {
    long first = source.takeLong();
    long last = source.takeLong();
    long samples = source.takeLong();
    long indexOffset = source.takeLong();
    long indexLength = source.takeLong();
    int series = source.takeInt();
    Places places =
        new Places(
            source.takeInt(),
            source.takeInt(),
            source.takeInt(),
            source.takeInt(),
            source.takeInt());
    source.takeInt();
    int indexChecksum = source.takeInt();
    return new Footer(
        first, last, samples, indexOffset, indexLength, series, places, indexChecksum, replaces);
  }
}
