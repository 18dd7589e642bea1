package hinomi.metricstore.block;

import hinomi.metricstore.chunk.Chunk;
import hinomi.metricstore.chunk.Piece;
import hinomi.metricstore.disk.Frames;
import hinomi.metricstore.index.Selector;
import hinomi.model.Labels;
import hinomi.model.Matcher;
import hinomi.model.Points;
import hinomi.model.Unavailable;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/// One block, mapped read-only. The footer is checked on opening, the index when it is first used,
/// a chunk whenever it is read: damage shows as [Unavailable] naming the file, never as a wrong
/// value. Any thread. The mapping ends when nobody refers to it any more.
public final class Block {
  private final Path file;
  private final Footer footer;
  private final MemorySegment bytes;
  private volatile @Nullable BlockIndex index;

  private Block(Path file, Footer footer, MemorySegment bytes) {
    this.file = file;
    this.footer = footer;
    this.bytes = bytes;
  }

  /// Empty when the file is no whole block.
  static Optional<Block> open(Path file) throws IOException {
    MemorySegment bytes;
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      bytes = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), Arena.ofAuto());
    }
    long end = bytes.byteSize() - Footer.LENGTH;
    if (end < 0) {
      return Optional.empty();
    }
    return Footer.read(bytes.asSlice(end).toArray(ValueLayout.JAVA_BYTE))
        .filter(footer -> footer.indexOffset() + footer.indexLength() == end)
        .map(footer -> new Block(file, footer, bytes));
  }

  /// What a block holds of one series between two times.
  ///
  /// @param pieces in time order
  public record Part(Labels labels, List<Piece> pieces) {}

  /// The series that fit and hold samples between two times, both included.
  public List<Part> parts(List<Matcher> matchers, long from, long to) {
    BlockIndex index = index();
    List<Part> parts = new ArrayList<>();
    Selector.of(matchers, index::values)
        .resolve(index)
        .forEach((int number) -> {
          Part part = part(index.entry(number), from, to);
          if (!part.pieces().isEmpty()) {
            parts.add(part);
          }
        });
    return parts;
  }

  private Part part(BlockIndex.Entry entry, long from, long to) {
    List<Piece> pieces = new ArrayList<>(entry.chunks().size());
    for (BlockIndex.Place place : entry.chunks()) {
      if (place.first() <= to && place.last() >= from) {
        pieces.add(new Stored(entry.labels(), place));
      }
    }
    return new Part(entry.labels(), pieces);
  }

  public List<String> labelNames() {
    return index().names();
  }

  public List<String> labelValues(String name) {
    return index().values(name);
  }

  /// The raw bits of a series' value at a timestamp.
  OptionalLong bitsAt(Labels labels, long timestamp) {
    List<Matcher> exactly = new ArrayList<>();
    labels.forEach((name, value) -> exactly.add(Matcher.equal(name, value)));
    for (Part part : parts(exactly, timestamp, timestamp)) {
      Points points = new Points(1);
      if (part.labels().equals(labels)) {
        part.pieces().forEach(piece -> piece.read(timestamp, timestamp, points));
      }
      if (!points.isEmpty()) {
        return OptionalLong.of(Double.doubleToRawLongBits(points.value(0)));
      }
    }
    return OptionalLong.empty();
  }

  /// A chunk in this block, loaded and checked when it is read.
  private final class Stored implements Piece {
    private final Labels labels;
    private final BlockIndex.Place place;

    Stored(Labels labels, BlockIndex.Place place) {
      this.labels = labels;
      this.place = place;
    }

    @Override
    public long first() {
      return place.first();
    }

    @Override
    public long last() {
      return place.last();
    }

    @Override
    public int count() {
      return place.count();
    }

    @Override
    public void read(long from, long to, Points into) {
      byte[] packed = bytes.asSlice(place.offset(), place.length()).toArray(ValueLayout.JAVA_BYTE);
      if (Frames.checksum(packed, 0, packed.length) != place.checksum()) {
        throw new Unavailable("metric block " + file + " is damaged: samples of " + labels);
      }
      new Chunk(packed, packed.length, place.count(), place.first(), place.last())
          .read(from, to, into);
    }
  }

  private BlockIndex index() {
    BlockIndex known = index;
    if (known == null) {
      MemorySegment part = bytes.asSlice(footer.indexOffset(), footer.indexLength());
      CRC32C crc = new CRC32C();
      crc.update(part.asByteBuffer());
      if ((int) crc.getValue() != footer.indexChecksum()) {
        throw new Unavailable("metric block " + file + " is damaged: its index");
      }
      known = new BlockIndex(part.asByteBuffer(), footer);
      index = known;
    }
    return known;
  }

  Path file() {
    return file;
  }

  /// Timestamp of the earliest sample.
  public long first() {
    return footer.first();
  }

  /// Timestamp of the latest sample.
  public long last() {
    return footer.last();
  }

  public long sampleCount() {
    return footer.sampleCount();
  }

  long size() {
    return bytes.byteSize();
  }

  public boolean overlaps(long from, long to) {
    return footer.first() <= to && footer.last() >= from;
  }
}
