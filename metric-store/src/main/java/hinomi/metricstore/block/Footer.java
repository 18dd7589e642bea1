package hinomi.metricstore.block;

import hinomi.metricstore.disk.ByteSink;
import hinomi.metricstore.disk.ByteSource;
import hinomi.metricstore.disk.Frames;
import java.util.Arrays;
import java.util.Optional;

/// The last bytes of a block: what is where. Drawn in `docs/formats/metric-store.md`.
///
/// @param first timestamp of the earliest sample
/// @param last timestamp of the latest sample
/// @param seriesCount how many series
/// @param sampleCount how many samples
/// @param indexOffset where the index begins in the file
/// @param indexLength how long it is
/// @param texts where the table of texts begins in the index
/// @param series where the table of series begins in the index
/// @param names where the table of label names begins in the index
/// @param indexChecksum CRC32C of the index
record Footer(
    long first,
    long last,
    int seriesCount,
    long sampleCount,
    long indexOffset,
    long indexLength,
    int texts,
    int series,
    int names,
    int indexChecksum) {
  static final int LENGTH = 72;

  /// Also the first eight bytes of the file.
  static final long MAGIC = 0x314B_4C42_4F4E_4948L;

  byte[] bytes() {
    ByteSink sink = new ByteSink(LENGTH);
    sink.putLong(first);
    sink.putLong(last);
    sink.putLong(sampleCount);
    sink.putLong(indexOffset);
    sink.putLong(indexLength);
    sink.putInt(seriesCount);
    sink.putInt(texts);
    sink.putInt(series);
    sink.putInt(names);
    sink.putInt(indexChecksum);
    sink.putInt(Frames.checksum(sink.bytes(), 0, sink.size()));
    sink.putLong(MAGIC);
    return Arrays.copyOf(sink.bytes(), LENGTH);
  }

  /// Empty when these bytes are no whole footer.
  static Optional<Footer> read(byte[] bytes) {
    ByteSource source = new ByteSource(bytes);
    long first = source.takeLong();
    long last = source.takeLong();
    long sampleCount = source.takeLong();
    long indexOffset = source.takeLong();
    long indexLength = source.takeLong();
    Footer footer =
        new Footer(
            first,
            last,
            source.takeInt(),
            sampleCount,
            indexOffset,
            indexLength,
            source.takeInt(),
            source.takeInt(),
            source.takeInt(),
            source.takeInt());
    boolean whole =
        source.takeInt() == Frames.checksum(bytes, 0, LENGTH - 12) && source.takeLong() == MAGIC;
    return whole ? Optional.of(footer) : Optional.empty();
  }
}
