package hinomi.metricstore.block;

import hinomi.metricstore.chunk.Piece;
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
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/// One block, mapped read-only. The footer is checked on opening, the index when it is first used,
/// a chunk whenever it is read. Damage fails the query that meets it with [Unavailable], which
/// names what is lost; the next one answers from the rest. A wrong value is never given. Any
/// thread. The mapping ends when nobody refers to it any more.
public final class Block {
  private final Path file;
  private final long number;
  private final Footer footer;
  private final MemorySegment bytes;
  private final Keeper keeper;
  private final Set<Long> lost = ConcurrentHashMap.newKeySet();
  private volatile List<Hidden> hidden = List.of();
  private volatile @Nullable BlockIndex index;

  private Block(Path file, long number, Footer footer, MemorySegment bytes, Keeper keeper) {
    this.file = file;
    this.number = number;
    this.footer = footer;
    this.bytes = bytes;
    this.keeper = keeper;
  }

  /// Empty when the file is no whole block.
  static Optional<Block> open(Path file, long number, Keeper keeper) throws IOException {
    MemorySegment bytes;
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      bytes = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), Arena.ofAuto());
    }
    return Footer.read(bytes).map(footer -> new Block(file, number, footer, bytes, keeper));
  }

  /// What a block holds of one series between two times.
  ///
  /// @param pieces numbers in time order, then histograms in time order
  public record Part(Labels labels, List<Piece> pieces) {}

  /// The series that fit and hold samples between two times, both included; sorted by
  /// [SeriesOrder].
  public List<Part> parts(List<Matcher> matchers, long from, long to) {
    if (hides()) {
      return chosen(matchers, from, to);
    }
    Choices choices = keeper.choices();
    Choices.Choice choice = new Choices.Choice(number, matchers);
    List<Part> all = choices.find(choice);
    if (all == null) {
      all = List.copyOf(chosen(matchers, Long.MIN_VALUE, Long.MAX_VALUE));
      if (hides()) {
        return chosen(matchers, from, to); // since a moment
      }
      choices.keep(choice, all);
    }
    return from <= first() && to >= last() ? all : between(all, from, to);
  }

  private static List<Part> between(List<Part> all, long from, long to) {
    List<Part> parts = new ArrayList<>(all.size());
    for (Part part : all) {
      int overlapping = 0;
      for (int i = 0; i < part.pieces().size(); i++) {
        overlapping += part.pieces().get(i).overlaps(from, to) ? 1 : 0;
      }
      if (overlapping == part.pieces().size()) {
        parts.add(part);
      } else if (overlapping > 0) {
        List<Piece> pieces =
            part.pieces().stream().filter(piece -> piece.overlaps(from, to)).toList();
        parts.add(new Part(part.labels(), pieces));
      }
    }
    return parts;
  }

  private List<Part> chosen(List<Matcher> matchers, long from, long to) {
    BlockIndex index = index();
    List<Part> parts = new ArrayList<>();
    SeriesCursor cursor = index.cursor();
    Selector.of(matchers, index::values)
        .resolve(index)
        .forEach((int series) -> {
          cursor.go(series);
          List<Piece> pieces = pieces(index, cursor, from, to);
          if (!pieces.isEmpty()) {
            parts.add(new Part(index.labels(cursor), pieces));
          }
        });
    return parts;
  }

  /// Everything, in [SeriesOrder], without keeping any of it.
  public Iterator<Part> walk() {
    BlockIndex index = index();
    SeriesCursor cursor = index.cursor();
    return new Iterator<>() {
      private @Nullable Part next = forward();

      private @Nullable Part forward() {
        while (cursor.next()) {
          List<Piece> pieces = pieces(index, cursor, Long.MIN_VALUE, Long.MAX_VALUE);
          if (!pieces.isEmpty()) {
            return new Part(index.fleeting(cursor), pieces);
          }
        }
        return null;
      }

      @Override
      public boolean hasNext() {
        return next != null;
      }

      @Override
      public Part next() {
        Part given = next;
        if (given == null) {
          throw new NoSuchElementException();
        }
        next = forward();
        return given;
      }
    };
  }

  private List<Piece> pieces(BlockIndex index, SeriesCursor at, long from, long to) {
    List<Tombstone> holes = List.of();
    for (Hidden each : hidden) {
      if (each.tombstone().overlaps(from, to) && each.means(at.number(), index)) {
        holes = new ArrayList<>(holes);
        holes.add(each.tombstone());
      }
    }
    List<Piece> pieces = new ArrayList<>(at.chunkCount());
    for (int i = 0; i < at.chunkCount(); i++) {
      Place place = at.chunk(i);
      if (place.encoding() == Encoding.STARTS) {
        continue;
      }
      Place behind = i + 1 < at.chunkCount() ? at.chunk(i + 1) : place;
      Place starts = behind.encoding() == Encoding.STARTS && !isLost(behind) ? behind : null;
      boolean gone = place.first() > to || place.last() < from || isLost(place);
      for (int k = 0; k < holes.size() && !gone; k++) {
        gone = holes.get(k).covers(place.first(), place.last());
      }
      if (!gone) {
        pieces.add(new Stored(this, new Stored.Places(place, starts), at.number(), holes));
      }
    }
    return pieces;
  }

  public List<String> labelNames() {
    return index().names();
  }

  public List<String> labelValues(String name) {
    return index().values(name);
  }

  /// What a series has at a timestamp.
  Points at(Labels labels, long timestamp) {
    List<Matcher> exactly = new ArrayList<>();
    labels.forEach((name, value) -> exactly.add(Matcher.equal(name, value)));
    Points points = new Points(1);
    for (Part part : chosen(exactly, timestamp, timestamp)) {
      if (part.labels().equals(labels)) {
        part.pieces().forEach(piece -> piece.read(timestamp, timestamp, points));
      }
    }
    return points;
  }

  /// Adds the samples of a chunk between two times, both included; false when its bytes are not
  /// those that were written.
  boolean read(Place place, int series, long from, long to, Points into) {
    long begin = Lately.begin(place, from, to);
    if (begin == Long.MAX_VALUE) {
      return unpack(place, from, to, into);
    }
    Lately lately = keeper.lately();
    Lately.Where where = new Lately.Where(number, series, place);
    Packing.Between wanted = new Packing.Between(from, to);
    if (lately.read(where, wanted, into)) {
      return true;
    }
    Points unpacked = new Points(0);
    boolean whole = unpack(place, begin, to, unpacked);
    if (whole) {
      lately.keep(where, begin, wanted, unpacked, into);
    }
    return whole;
  }

  private boolean unpack(Place place, long from, long to, Points into) {
    return keeper
        .packing()
        .unpack(new Packing.Bytes(number, bytes), place, new Packing.Between(from, to), into);
  }

  /// The bytes of a chunk, as they are.
  byte[] raw(Place place) {
    return bytes.asSlice(place.offset(), place.length()).toArray(ValueLayout.JAVA_BYTE);
  }

  boolean isLost(Place place) {
    return !lost.isEmpty() && lost.contains(place.offset());
  }

  /// Counts a chunk as empty from now on, and says so to the reader who met it first.
  ///
  /// @param packed its bytes, as far as they could be read
  Unavailable lose(Place place, int series, byte[] packed) {
    BlockIndex index = index();
    SeriesCursor cursor = index.cursor();
    cursor.go(series);
    Labels labels = index.labels(cursor);
    if (lost.add(place.offset())) {
      keeper.chunk(this, labels.toString(), place, packed);
    }
    return new Unavailable(
        "metric block "
            + file
            + " is damaged: the "
            + (place.encoding() == Encoding.STARTS ? "start timestamps" : "samples")
            + " of "
            + labels
            + " from "
            + Instant.ofEpochMilli(place.first())
            + " to "
            + Instant.ofEpochMilli(place.last())
            + " are lost; asked again, the rest is answered");
  }

  private BlockIndex index() {
    BlockIndex known = index;
    if (known == null) {
      MemorySegment part = bytes.asSlice(footer.indexOffset(), footer.indexLength());
      CRC32C crc = new CRC32C();
      crc.update(part.asByteBuffer());
      if ((int) crc.getValue() != footer.indexChecksum()) {
        keeper.index(this);
        throw new Unavailable(
            "metric block "
                + file
                + " is damaged: its index; it was set aside whole; asked again, the rest is"
                + " answered");
      }
      known = new BlockIndex(part.asByteBuffer(), footer);
      index = known;
    }
    return known;
  }

  /// Which deletions it is under from now on.
  void hide(List<Tombstone> tombstones) {
    hidden = tombstones.stream().filter(each -> each.means(this)).map(Hidden::new).toList();
  }

  /// Whether a deletion hides something here, or damage does: then writing it anew makes it
  /// smaller.
  boolean hides() {
    return !hidden.isEmpty() || !lost.isEmpty();
  }

  /// Whether chunks of it were found damaged.
  public boolean isWounded() {
    return !lost.isEmpty();
  }

  Path file() {
    return file;
  }

  public long number() {
    return number;
  }

  List<Long> replaces() {
    return footer.replaces();
  }

  /// Timestamp of the earliest sample.
  public long first() {
    return footer.first();
  }

  /// Timestamp of the latest sample.
  public long last() {
    return footer.last();
  }

  public long samples() {
    return footer.samples();
  }

  /// Bytes on disk.
  public long size() {
    return bytes.byteSize();
  }

  public boolean overlaps(long from, long to) {
    return footer.first() <= to && footer.last() >= from;
  }
}
