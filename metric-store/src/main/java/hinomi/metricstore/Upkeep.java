package hinomi.metricstore;

import hinomi.metricstore.append.Committer;
import hinomi.metricstore.backup.Backup;
import hinomi.metricstore.block.Blocks;
import hinomi.metricstore.chunk.Piece;
import hinomi.metricstore.chunk.SeriesPieces;
import hinomi.metricstore.compact.Compactor;
import hinomi.metricstore.compact.Leaving;
import hinomi.metricstore.compact.Ranges;
import hinomi.metricstore.head.Beside;
import hinomi.metricstore.head.Head;
import hinomi.metricstore.head.SeriesView;
import hinomi.metricstore.head.Snapshot;
import hinomi.metricstore.rollup.Rollups;
import hinomi.metricstore.rollup.Tier;
import hinomi.metricstore.wal.Wal;
import hinomi.model.Matcher;
import hinomi.model.Unavailable;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What is done from time to time, or when an operator asks: samples leave memory for blocks, the
/// log is shortened, old blocks go, samples are deleted, backups made; one at a time. Each step
/// leaves the disk such that a crash after it loses nothing: a block is durable before memory lets
/// go of its samples, a snapshot before the log behind it is deleted. What a crash leaves in both
/// block and log is the same sample twice, and reads as one.
final class Upkeep {
  private static final Logger log = LoggerFactory.getLogger(Upkeep.class);

  /// How long the log may grow before it is shortened even without a flush: it bounds the time of a
  /// restart.
  private static final long LOG_BYTES = 256L << 20;

  private static final int SERIES = 1 << 14;

  /// How many runs of the compactor may fail, ten minutes apart, until retention does not wait for
  /// rollups any more.
  private static final int PATIENCE = 6;

  /// How long a span stays in memory behind the newest sample, so that what is a little late still
  /// comes into the same block. A longer out-of-order window makes further blocks.
  private static final Duration LONGEST_LAG = Duration.ofHours(1);

  private final MetricStoreConfig config;
  private final Snapshot.At snapshots;
  private final Committer committer;
  private final Stores stores;
  private final Ranges ranges;
  private final Counter failed;
  private boolean logIsBehind;
  private boolean closed;

  Upkeep(
      MetricStoreConfig config,
      Snapshot.At snapshots,
      Committer committer,
      Stores stores,
      MeterRegistry registry) {
    this.config = config;
    this.snapshots = snapshots;
    this.committer = committer;
    this.stores = stores;
    this.ranges = Ranges.of(config.blockSpan());
    this.failed = registry.counter("hinomi.metricstore.upkeep.failed");
  }

  /// Where samples are, and who moves them about.
  record Stores(
      Wal wal,
      Head head,
      Beside beside,
      Blocks blocks,
      Rollups rollups,
      Compactor compactor,
      Backup backup) {}

  /// @param end up to which time, excluded, whole spans leave
  /// @param through up to which they left before
  private record Cut(long end, long through, List<SeriesView> series) {}

  private record Look(Head.Bounds bounds, long logBytes) {}

  private record Rotated(long segment, long nextSequence) {}

  synchronized void run(Instant now) {
    if (closed) {
      return;
    }
    try {
      Look look = committer.between(this::look);
      Cut due = due(look.bounds());
      flush(due);
      if (logIsBehind || look.logBytes() > LOG_BYTES) {
        shortenLog();
      }
      long flushed = Math.max(due.end(), due.through());
      retain(look.bounds().newest(), flushed, now);
      stores.compactor().wake(now, flushed);
    } catch (IOException | Unavailable e) {
      // The samples are in memory and in the log still; the next run tries again.
      failed.increment();
      log.atError().setCause(e).log("metric store upkeep failed");
    }
  }

  /// Returns when a run that is under way has ended, and lets none begin.
  synchronized void close() {
    closed = true;
  }

  private Look look() {
    return new Look(stores.head().bounds(), stores.wal().written());
  }

  /// A span leaves when what is usually late has come.
  private Cut due(Head.Bounds bounds) {
    long end = wholeSpans(bounds);
    boolean due = end > bounds.flushedThrough() && bounds.oldest() < end;
    return new Cut(end, bounds.flushedThrough(), due ? cut(end) : List.of());
  }

  private Cut everything() {
    Head.Bounds bounds = committer.between(stores.head()::bounds);
    long end = Math.max(wholeSpans(bounds), bounds.flushedThrough());
    return new Cut(end, bounds.flushedThrough(), cut(Long.MAX_VALUE));
  }

  private long wholeSpans(Head.Bounds bounds) {
    long newest = bounds.newest();
    if (newest == Long.MIN_VALUE) {
      return newest;
    }
    Duration window = config.outOfOrderWindow();
    Duration lag = window.compareTo(LONGEST_LAG) < 0 ? window : LONGEST_LAG;
    return Math.floorDiv(newest - lag.toMillis(), ranges.span()) * ranges.span();
  }

  /// Part by part between many groups, so that senders do not wait for all of it.
  private List<SeriesView> cut(long end) {
    Head head = stores.head();
    List<SeriesView> all = new ArrayList<>();
    for (int from = 0; from < head.nextNumber(); from += SERIES) {
      int first = from;
      all.addAll(committer.between(() -> head.cut(end, first, first + SERIES)));
    }
    return all;
  }

  private void drop(Cut cut) {
    Head head = stores.head();
    for (int from = 0; from < cut.series().size(); from += SERIES) {
      int to = Math.min(cut.series().size(), from + SERIES);
      List<SeriesView> some = cut.series().subList(from, to);
      boolean _ =
          committer.between(() -> {
            head.drop(some);
            return true;
          });
    }
    boolean _ =
        committer.between(() -> {
          head.flushed(cut.end());
          return true;
        });
  }

  private void flush(Cut cut) throws IOException {
    if (cut.series().isEmpty()) {
      return;
    }
    stores.blocks().sweep();
    for (List<SeriesPieces> block : Leaving.blocks(cut.series(), ranges, cut.through())) {
      try (Rollups.Change _ = stores.rollups().samplesCome(pieces(block))) {
        stores.blocks().write(block, List.of(), () -> false);
      }
    }
    logIsBehind = true;
    drop(cut);
    shortenLog();
  }

  private static List<Piece> pieces(List<SeriesPieces> block) {
    List<Piece> pieces = new ArrayList<>(block.size());
    block.forEach(each -> pieces.addAll(each.pieces()));
    return pieces;
  }

  /// Brings all samples, the newest included, into blocks.
  synchronized void flushAll() throws IOException {
    checkOpen();
    flush(everything());
    if (logIsBehind) {
      shortenLog();
    }
  }

  /// Hides what there is of some series in a range of time. Everything goes into blocks first: then
  /// it is plain which samples were meant, and neither the head nor the log can bring them back.
  synchronized void delete(List<Matcher> matchers, long from, long to) throws IOException {
    flushAll();
    try (Rollups.Change _ = stores.rollups().samplesLeave(from, to)) {
      stores.blocks().delete(matchers, from, to);
      stores.rollups().delete(matchers, from, to);
    }
  }

  /// Makes a backup and returns its name.
  ///
  /// @param skipHead whether samples that no block holds are left out
  synchronized String backup(Instant now, boolean skipHead) throws IOException {
    checkOpen();
    if (skipHead) {
      return stores.backup().make(now, List.of());
    }
    Head head = stores.head();
    List<SeriesView> all = committer.between(() -> head.views(0, head.nextNumber()));
    long through = committer.between(head::flushedThrough);
    return stores.backup().make(now, Leaving.blocks(all, ranges, through));
  }

  private void checkOpen() {
    if (closed) {
      throw new Unavailable("the metric store is closed");
    }
  }

  synchronized void shortenLog() throws IOException {
    Wal wal = stores.wal();
    Rotated rotated = committer.between(() -> new Rotated(wal.rotate(), wal.sequence()));
    Snapshot.write(
        snapshots, rotated.segment(), rotated.nextSequence(), stores.head(), stores.beside());
    Snapshot.deleteBelow(snapshots, rotated.segment());
    wal.deleteBelow(rotated.segment());
    logIsBehind = false;
  }

  /// What is due to be rolled up stays until it is, however long that takes: after a long silence
  /// everything is old at once. Unless it keeps failing: then room matters more.
  private long patient(long oldest, long flushed) {
    OptionalLong due = stores.rollups().due(flushed);
    boolean waits = due.isPresent() && stores.compactor().failuresInRow() < PATIENCE;
    return waits ? Math.min(oldest, due.getAsLong()) : oldest;
  }

  /// Age is measured from the newest sample or the clock, whichever is earlier: a clock that jumped
  /// ahead makes nothing old.
  private void retain(long newest, long flushed, Instant now) throws IOException {
    if (newest != Long.MIN_VALUE) {
      long reference = Math.min(newest, now.toEpochMilli());
      Rollups rollups = stores.rollups();
      long most = config.retentionBytes();
      long room = most == 0 ? 0 : Math.max(1, most - rollups.bytes());
      long oldest = reference - config.retention().toMillis();
      stores.blocks().retain(patient(oldest, flushed), room, rollups::samplesGo);
      for (Tier tier : Tier.values()) {
        rollups.retain(tier, reference - config.rollups().of(tier).toMillis());
      }
      if (most > 0 && stores.blocks().size() == 0) {
        rollups.shrink(most);
      }
    }
  }
}
