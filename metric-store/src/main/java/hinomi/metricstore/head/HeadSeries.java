package hinomi.metricstore.head;

import hinomi.metricstore.chunk.Chunk;
import hinomi.metricstore.chunk.ChunkWriter;
import hinomi.model.Labels;
import java.util.Arrays;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// One series in memory: whole chunks, the one being written, and what came late. Chunks end at
/// multiples of the block span, so that a block takes them as they are.
///
/// The committing thread alone changes it, holding the head's write lock where readers could see
/// it. The admission marks (`claim`…) belong to that thread and nobody else looks at them.
public final class HeadSeries {
  /// Long enough that a chunk's own cost is small, short enough to unpack for one value.
  static final int CHUNK_SAMPLES = 240;

  private static final int LATE_SAMPLES = 128;
  private static final Chunk[] NO_CHUNKS = {};

  private final int number;
  private final Labels labels;
  private long newest = Long.MIN_VALUE;
  private long newestBits;
  private Chunk[] whole = NO_CHUNKS;
  private @Nullable ChunkWriter open;
  private long openEnd;
  private Chunk[] lateWhole = NO_CHUNKS;
  private LateSamples late = LateSamples.NONE;

  private long group = -1;
  private long claimed;
  private long claimedBits;
  private int named;

  HeadSeries(int number, Labels labels) {
    this.number = number;
    this.labels = labels;
  }

  /// The number that stands for this series in the log.
  public int number() {
    return number;
  }

  public Labels labels() {
    return labels;
  }

  long newest() {
    return newest;
  }

  /// Timestamp of the newest sample, counting what a group commit has claimed; `Long.MIN_VALUE`
  /// when there is none.
  public long newestIn(long groupNumber) {
    return group == groupNumber ? Math.max(newest, claimed) : newest;
  }

  /// The raw bits at [#newestIn].
  public long newestBitsIn(long groupNumber) {
    return group == groupNumber && claimed > newest ? claimedBits : newestBits;
  }

  /// Notes that a group holds a sample of this series that is not applied yet; returns whether it
  /// is the group's first.
  public boolean claim(long groupNumber, long timestamp, long bits) {
    boolean begins = group != groupNumber;
    if (begins || timestamp > claimed) {
      claimed = timestamp;
      claimedBits = bits;
    }
    group = groupNumber;
    return begins;
  }

  /// In how many records of the log this series has been named.
  public int named() {
    return named;
  }

  public void setNamed(int times) {
    named = times;
  }

  /// Takes a sample that was admitted. A timestamp that is there already changes nothing, so that
  /// reading a log twice does no harm.
  void take(long timestamp, long bits, long span) {
    if (timestamp > newest) {
      append(timestamp, bits, span);
      newest = timestamp;
      newestBits = bits;
    } else if (timestamp < newest) {
      late = late.with(timestamp, bits);
      if (late.count() >= LATE_SAMPLES) {
        for (Chunk chunk : late.packed(span)) {
          lateWhole = with(lateWhole, chunk);
        }
        late = LateSamples.NONE;
      }
    }
  }

  private void append(long timestamp, long bits, long span) {
    ChunkWriter writer = open;
    if (writer == null || timestamp >= openEnd || writer.count() >= CHUNK_SAMPLES) {
      sealOpen();
      writer = new ChunkWriter();
      open = writer;
      openEnd = (Math.floorDiv(timestamp, span) + 1) * span;
    }
    writer.append(timestamp, bits);
  }

  private void sealOpen() {
    if (open != null) {
      whole = with(whole, open.seal());
      open = null;
    }
  }

  private static Chunk[] with(Chunk[] chunks, Chunk one) {
    Chunk[] longer = Arrays.copyOf(chunks, chunks.length + 1);
    longer[chunks.length] = one;
    return longer;
  }

  /// The raw bits of the value at a timestamp.
  public OptionalLong bitsAt(long timestamp) {
    if (timestamp == newest) {
      return OptionalLong.of(newestBits);
    }
    OptionalLong found = late.bitsAt(timestamp);
    for (int i = lateWhole.length - 1; i >= 0 && found.isEmpty(); i--) {
      found = lateWhole[i].bitsAt(timestamp);
    }
    if (found.isEmpty() && open != null) {
      found = open.chunk().bitsAt(timestamp);
    }
    for (int i = whole.length - 1; i >= 0 && found.isEmpty(); i--) {
      found = whole[i].bitsAt(timestamp);
    }
    return found;
  }

  /// Everything as it is now; stays as it is while the series goes on.
  SeriesView view() {
    Chunk[] inOrder = open == null ? whole : with(whole, open.chunk());
    return new SeriesView(this, newest, newestBits, inOrder, lateWhole, late);
  }

  /// Everything before a time, for a block; ends the chunk being written if it begins before it.
  SeriesView cut(long end) {
    if (open != null && open.first() < end) {
      sealOpen();
    }
    Chunk[] before = Arrays.stream(whole).filter(chunk -> chunk.last() < end).toArray(Chunk[]::new);
    Chunk[] lateBefore =
        Arrays.stream(lateWhole).filter(chunk -> chunk.last() < end).toArray(Chunk[]::new);
    return new SeriesView(this, newest, newestBits, before, lateBefore, late.before(end));
  }

  /// Lets go of what [#cut] gave and a block now holds.
  void drop(SeriesView held) {
    whole = without(whole, held.inOrder());
    lateWhole = without(lateWhole, held.lateWhole());
    late = late.without(held.late());
  }

  private static Chunk[] without(Chunk[] chunks, Chunk[] dropped) {
    if (dropped.length == 0) {
      return chunks;
    }
    Set<Chunk> gone = Set.of(dropped); // by identity: chunks know no other equality
    return Arrays.stream(chunks).filter(chunk -> !gone.contains(chunk)).toArray(Chunk[]::new);
  }

  boolean isEmpty() {
    return whole.length == 0 && open == null && lateWhole.length == 0 && late.count() == 0;
  }

  boolean overlaps(long from, long to) {
    if (newest < from) {
      return false;
    }
    return view().overlaps(from, to);
  }

  /// Takes back what a snapshot kept.
  void restore(long keptNewest, long keptBits, Chunk[] inOrder, Chunk[] keptLate) {
    newest = keptNewest;
    newestBits = keptBits;
    whole = inOrder;
    lateWhole = keptLate;
  }
}
