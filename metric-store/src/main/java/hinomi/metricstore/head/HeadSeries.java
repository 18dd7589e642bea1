package hinomi.metricstore.head;

import hinomi.metricstore.chunk.Chunk;
import hinomi.metricstore.chunk.OpenChunk;
import hinomi.metricstore.chunk.Starts;
import hinomi.metricstore.index.Arrivals;
import hinomi.model.Histogram;
import hinomi.model.Labels;
import java.util.Arrays;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// One series in memory: whole chunks, the one being written, and what lies aside. Chunks end at
/// multiples of the block span, so that a block takes them as they are. There may be millions of
/// these: every field counts. What each sample needs lies in the [SeriesPage], the name in the
/// [SeriesTable].
///
/// The committing thread alone changes it, holding the head's write lock where readers could see
/// it. The admission mark `named` belongs to that thread and nobody else looks at it.
public final class HeadSeries {
  /// Long enough that a chunk's own cost is small, short enough to unpack for one value.
  static final int CHUNK_SAMPLES = 120;

  private static final Chunk[] NO_CHUNKS = {};

  private final int number;
  private final SeriesPage page;
  private @Nullable Labels labels;
  private @Nullable Arrivals arrivals;
  private byte[] body = OpenChunk.NO_BODY;
  private Chunk[] whole = NO_CHUNKS;
  private Aside aside = Aside.NOTHING;
  private byte named;
  private boolean forgotten;

  /// @param page on which its number is
  HeadSeries(int number, SeriesPage page) {
    this.number = number;
    this.page = page;
    mark();
  }

  /// The number that stands for this series in the log.
  public int number() {
    return number;
  }

  public SeriesPage page() {
    return page;
  }

  /// The labels if somebody has asked for them before.
  @Nullable Labels knownLabels() {
    return labels;
  }

  /// Remembers the labels; a race remembers the same ones twice, which does no harm.
  void setLabels(Labels decoded) {
    labels = decoded;
  }

  /// Where arrivals of its samples are noted, if somebody watches them.
  public @Nullable Arrivals arrivals() {
    return arrivals;
  }

  void setArrivals(@Nullable Arrivals noted) {
    arrivals = noted;
    mark();
  }

  /// Whether the head has let go of it; then its name leads to another series or to none.
  public boolean isForgotten() {
    return forgotten;
  }

  void forget(Labels last) {
    labels = last;
    forgotten = true;
    mark();
  }

  private void mark() {
    page.setMarks(
        number,
        (named <= 0 ? SeriesPage.UNNAMED : 0)
            | (arrivals == null ? 0 : SeriesPage.WATCHED)
            | (forgotten ? SeriesPage.FORGOTTEN : 0));
  }

  /// Timestamp of the newest sample, be it in memory or in a block by now; `Long.MIN_VALUE` when
  /// there is none.
  public long newest() {
    return page.newest(number);
  }

  /// In how many records of the log this series has been named; below 0 while it is being named for
  /// the first time.
  public int named() {
    return named;
  }

  public void setNamed(int times) {
    named = (byte) times;
    mark();
  }

  /// Takes a number that was admitted. A timestamp that is there already changes nothing.
  void take(long timestamp, long bits, long span) {
    if (timestamp > newest()) {
      if (timestamp >= page.end(number) || openCount() >= CHUNK_SAMPLES || openCount() == 0) {
        begin(timestamp, span);
      } else if (!OpenChunk.hasRoom(page.slots(), open())) {
        body = OpenChunk.spill(page.slots(), open(), body);
      }
      OpenChunk.append(page.slots(), open(), timestamp, bits);
    } else if (timestamp < newest() || bitsAt(timestamp).isEmpty()) {
      // The newest sample too may be stored again: when it was in a block, and deleted there.
      aside = aside.withLate(timestamp, bits, span);
    }
  }

  /// Notes since when a sample counts that is about to be taken; 0 where that is not known.
  void takeStart(long timestamp, long start) {
    Starts known = aside.starts();
    Starts more =
        timestamp > newest() ? known.newest(timestamp, start) : known.only(timestamp, start);
    if (more != known) {
      aside = aside.withStarts(more);
    }
  }

  boolean hasStarts() {
    return !aside.starts().isNone();
  }

  private int open() {
    return SeriesPage.chunk(number);
  }

  private int openCount() {
    return OpenChunk.count(page.slots(), open());
  }

  private Chunk openChunk() {
    return OpenChunk.chunk(page.slots(), open(), body);
  }

  private long openFirst() {
    return OpenChunk.first(page.slots(), open(), body);
  }

  private void begin(long timestamp, long span) {
    sealOpen();
    page.setEnd(number, (Math.floorDiv(timestamp, span) + 1) * span);
  }

  private void sealOpen() {
    if (openCount() > 0) {
      whole = with(whole, openChunk());
      OpenChunk.clear(page.slots(), open());
      body = OpenChunk.NO_BODY;
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
    raiseNewest(timestamp);
  }

  /// A chunk ends with its series' newest sample as long as it is open.
  private void raiseNewest(long timestamp) {
    if (timestamp > newest()) {
      sealOpen();
      OpenChunk.setLast(page.slots(), open(), timestamp);
    }
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
    if (openCount() > 0 && timestamp == newest()) {
      return OptionalLong.of(OpenChunk.lastBits(page.slots(), open()));
    }
    OptionalLong found = aside.bitsAt(timestamp);
    if (found.isEmpty() && openCount() > 0) {
      found = openChunk().bitsAt(timestamp);
    }
    for (int i = whole.length - 1; i >= 0 && found.isEmpty(); i--) {
      found = whole[i].bitsAt(timestamp);
    }
    return found;
  }

  /// Everything as it is now; stays as it is while the series goes on.
  SeriesView view(HeadNames names) {
    Chunk[] inOrder = openCount() == 0 ? whole : with(whole, openChunk());
    return new SeriesView(this, names, newest(), inOrder, aside);
  }

  /// Everything before a time, for a block; ends the chunk being written if it begins before it.
  SeriesView cut(HeadNames names, long end) {
    if (openCount() > 0 && openFirst() < end) {
      sealOpen();
    }
    Chunk[] before = Arrays.stream(whole).filter(chunk -> chunk.last() < end).toArray(Chunk[]::new);
    return new SeriesView(this, names, newest(), before, aside.before(end));
  }

  /// Lets go of what [#cut] gave and a block now holds.
  void drop(SeriesView held) {
    if (held.inOrder().length > 0) {
      Set<Chunk> gone = Set.of(held.inOrder()); // by identity: chunks know no other equality
      whole = Arrays.stream(whole).filter(chunk -> !gone.contains(chunk)).toArray(Chunk[]::new);
    }
    if (!aside.isNothing()) {
      Aside left = aside.without(held.aside());
      aside = left.isNothing() && !hasStarts() ? Aside.NOTHING : left;
    }
    if (hasStarts()) {
      dropStarts();
    }
  }

  private void dropStarts() {
    long first = first();
    Starts left = first == Long.MAX_VALUE ? Starts.NONE : aside.starts().from(first);
    if (left.isNone() || left.isEmpty()) {
      aside = aside.isNothing() ? Aside.NOTHING : aside.withStarts(Starts.NONE);
    } else {
      aside = aside.withStarts(left);
    }
  }

  boolean isEmpty() {
    return whole.length == 0 && openCount() == 0 && aside.isNothing();
  }

  /// Whether a chunk in memory may hold samples between two times, both included.
  boolean overlaps(long from, long to) {
    if (newest() < from) {
      return false;
    }
    boolean found = openCount() > 0 && openFirst() <= to;
    for (int i = whole.length - 1; i >= 0 && !found; i--) {
      found = whole[i].overlaps(from, to);
    }
    return found || aside.overlaps(from, to);
  }

  /// Timestamp of the earliest sample in memory; `Long.MAX_VALUE` when there is none.
  long first() {
    long first = openCount() > 0 ? openFirst() : Long.MAX_VALUE;
    for (Chunk chunk : whole) {
      first = Math.min(first, chunk.first());
    }
    return Math.min(first, aside.first());
  }

  int chunks() {
    return whole.length + (openCount() > 0 ? 1 : 0) + aside.lateWhole().length;
  }

  /// Takes back what a snapshot kept.
  void restore(long keptNewest, Chunk[] inOrder, Chunk[] late) {
    raiseNewest(keptNewest);
    whole = inOrder;
    if (late.length > 0) {
      aside =
          new Aside(
              late, LateSamples.NONE, aside.histogramsWhole(), aside.histograms(), aside.starts());
    }
  }

  /// Likewise of all that a snapshot kept of this series.
  void restoreStarts(Starts kept) {
    aside = aside.withStarts(kept);
  }
}
