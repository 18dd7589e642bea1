package hinomi.metricstore.head;

import hinomi.metricstore.chunk.Chunk;
import hinomi.metricstore.chunk.ChunkWriter;
import hinomi.metricstore.index.Arrivals;
import hinomi.model.Histogram;
import hinomi.model.Labels;
import java.util.Arrays;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// One series in memory: whole chunks, the one being written, and what lies aside. Chunks end at
/// multiples of the block span, so that a block takes them as they are. There may be millions of
/// these: every field counts, and the name lies as bytes in the [SeriesTable].
///
/// The committing thread alone changes it, holding the head's write lock where readers could see
/// it. The admission marks (`claim`, `named`) belong to that thread and nobody else looks at them.
public final class HeadSeries {
  /// Long enough that a chunk's own cost is small, short enough to unpack for one value.
  static final int CHUNK_SAMPLES = 120;

  private static final Chunk[] NO_CHUNKS = {};

  private final int number;
  private final int nameLength;
  private volatile long namePlace;
  private @Nullable Labels labels;
  private @Nullable HeadSeries next;
  private @Nullable Arrivals arrivals;

  private final ChunkWriter open = new ChunkWriter();
  private long openEnd;
  private Chunk[] whole = NO_CHUNKS;
  private Aside aside = Aside.NOTHING;
  private long newest = Long.MIN_VALUE;

  private int claim;
  private byte named;
  private boolean forgotten;

  HeadSeries(int number, long namePlace, int nameLength) {
    this.number = number;
    this.namePlace = namePlace;
    this.nameLength = nameLength;
  }

  /// The number that stands for this series in the log.
  public int number() {
    return number;
  }

  long namePlace() {
    return namePlace;
  }

  int nameLength() {
    return nameLength;
  }

  void moveName(long place) {
    namePlace = place;
  }

  /// The labels if somebody has asked for them before.
  @Nullable Labels knownLabels() {
    return labels;
  }

  /// Remembers the labels; a race remembers the same ones twice, which does no harm.
  void setLabels(Labels decoded) {
    labels = decoded;
  }

  /// The series that came behind this one in the last batch: a guess, for any thread to read and to
  /// set.
  @Nullable HeadSeries next() {
    return next;
  }

  void setNext(@Nullable HeadSeries following) {
    next = following;
  }

  /// Where arrivals of its samples are noted, if somebody watches them.
  public @Nullable Arrivals arrivals() {
    return arrivals;
  }

  void setArrivals(@Nullable Arrivals noted) {
    arrivals = noted;
  }

  /// Whether the head has let go of it; then its name leads to another series or to none.
  public boolean isForgotten() {
    return forgotten;
  }

  void forget(Labels last) {
    labels = last;
    forgotten = true;
  }

  /// Timestamp of the newest sample, be it in memory or in a block by now; `Long.MIN_VALUE` when
  /// there is none.
  public long newest() {
    return newest;
  }

  /// Where in a group commit the newest sample of this series stands that is not applied yet; a
  /// hint that the group checks.
  public int claim() {
    return claim;
  }

  public void setClaim(int place) {
    claim = place;
  }

  /// In how many records of the log this series has been named; below 0 while it is being named for
  /// the first time.
  public int named() {
    return named;
  }

  public void setNamed(int times) {
    named = (byte) times;
  }

  /// Takes a number that was admitted. A timestamp that is there already changes nothing.
  void take(long timestamp, long bits, long span) {
    if (timestamp > newest) {
      newest = timestamp;
      if (timestamp >= openEnd || open.count() >= CHUNK_SAMPLES || open.count() == 0) {
        begin(timestamp, span);
      }
      open.append(timestamp, bits);
    } else if (timestamp < newest || bitsAt(timestamp).isEmpty()) {
      // The newest sample too may be stored again: when it was in a block, and deleted there.
      aside = aside.withLate(timestamp, bits, span);
    }
  }

  /// Reads what [#take] will change; the sum means nothing.
  int touch() {
    return open.touch();
  }

  private void begin(long timestamp, long span) {
    sealOpen();
    openEnd = (Math.floorDiv(timestamp, span) + 1) * span;
  }

  private void sealOpen() {
    if (open.count() > 0) {
      whole = with(whole, open.seal());
    }
  }

  private static Chunk[] with(Chunk[] chunks, Chunk one) {
    Chunk[] longer = Arrays.copyOf(chunks, chunks.length + 1);
    longer[chunks.length] = one;
    return longer;
  }

  /// As [#take], for a histogram.
  void takeHistogram(long timestamp, Histogram value, long span) {
    aside = aside.withHistogram(timestamp, value, span);
    newest = Math.max(newest, timestamp);
  }

  /// Whether some of its samples in memory are histograms.
  public boolean hasHistograms() {
    return aside.hasHistograms();
  }

  /// The histogram at a timestamp.
  public @Nullable Histogram histogramAt(long timestamp) {
    return aside.histogramAt(timestamp);
  }

  /// The raw bits of the number at a timestamp.
  public OptionalLong bitsAt(long timestamp) {
    if (open.count() > 0 && timestamp == open.last()) {
      return OptionalLong.of(open.lastBits());
    }
    OptionalLong found = aside.bitsAt(timestamp);
    if (found.isEmpty() && open.count() > 0) {
      found = open.chunk().bitsAt(timestamp);
    }
    for (int i = whole.length - 1; i >= 0 && found.isEmpty(); i--) {
      found = whole[i].bitsAt(timestamp);
    }
    return found;
  }

  /// Everything as it is now; stays as it is while the series goes on.
  SeriesView view(HeadNames names) {
    Chunk[] inOrder = open.count() == 0 ? whole : with(whole, open.chunk());
    return new SeriesView(this, names, newest, inOrder, aside);
  }

  /// Everything before a time, for a block; ends the chunk being written if it begins before it.
  SeriesView cut(HeadNames names, long end) {
    if (open.count() > 0 && open.first() < end) {
      sealOpen();
    }
    Chunk[] before = Arrays.stream(whole).filter(chunk -> chunk.last() < end).toArray(Chunk[]::new);
    return new SeriesView(this, names, newest, before, aside.before(end));
  }

  /// Lets go of what [#cut] gave and a block now holds.
  void drop(SeriesView held) {
    if (held.inOrder().length > 0) {
      Set<Chunk> gone = Set.of(held.inOrder()); // by identity: chunks know no other equality
      whole = Arrays.stream(whole).filter(chunk -> !gone.contains(chunk)).toArray(Chunk[]::new);
    }
    if (!aside.isNothing()) {
      Aside left = aside.without(held.aside());
      aside = left.isNothing() ? Aside.NOTHING : left;
    }
  }

  boolean isEmpty() {
    return whole.length == 0 && open.count() == 0 && aside.isNothing();
  }

  /// Whether a chunk in memory may hold samples between two times, both included.
  boolean overlaps(long from, long to) {
    if (newest < from) {
      return false;
    }
    boolean found = open.count() > 0 && open.first() <= to && open.last() >= from;
    for (int i = whole.length - 1; i >= 0 && !found; i--) {
      found = whole[i].overlaps(from, to);
    }
    return found || aside.overlaps(from, to);
  }

  /// Timestamp of the earliest sample in memory; `Long.MAX_VALUE` when there is none.
  long first() {
    long first = open.count() > 0 ? open.first() : Long.MAX_VALUE;
    for (Chunk chunk : whole) {
      first = Math.min(first, chunk.first());
    }
    return Math.min(first, aside.first());
  }

  int chunks() {
    return whole.length + (open.count() > 0 ? 1 : 0) + aside.lateWhole().length;
  }

  /// Takes back what a snapshot kept.
  void restore(long keptNewest, Chunk[] inOrder, Chunk[] late) {
    newest = Math.max(newest, keptNewest);
    whole = inOrder;
    if (late.length > 0) {
      aside = new Aside(late, LateSamples.NONE, aside.histogramsWhole(), aside.histograms());
    }
  }
}
