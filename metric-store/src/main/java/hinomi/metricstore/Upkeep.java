package hinomi.metricstore;

import hinomi.metricstore.append.Committer;
import hinomi.metricstore.backup.Backup;
import hinomi.metricstore.block.Blocks;
import hinomi.metricstore.compact.Compactor;
import hinomi.metricstore.compact.Leaving;
import hinomi.metricstore.compact.Ranges;
import hinomi.metricstore.head.Head;
import hinomi.metricstore.head.SeriesView;
import hinomi.metricstore.head.Snapshot;
import hinomi.metricstore.select.Found;
import hinomi.metricstore.wal.Wal;
import hinomi.model.Matcher;
import hinomi.model.Unavailable;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
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

  /// How long a span stays in memory behind the newest sample, so that what is a little late still
  /// comes into the same block. A longer out-of-order window makes further blocks.
  private static final Duration LONGEST_LAG = Duration.ofHours(1);

  private final MetricStoreConfig config;
  private final Path walFolder;
  private final Committer committer;
  private final Stores stores;
  private final Ranges ranges;
  private final Counter failed;
  private boolean logIsBehind;
  private boolean closed;

  Upkeep(
      MetricStoreConfig config,
      Path walFolder,
      Committer committer,
      Stores stores,
      MeterRegistry registry) {
    this.config = config;
    this.walFolder = walFolder;
    this.committer = committer;
    this.stores = stores;
    this.ranges = Ranges.of(config.blockSpan());
    this.failed = registry.counter("hinomi.metricstore.upkeep.failed");
  }

  /// Where samples are, and who moves them about.
  record Stores(Wal wal, Head head, Blocks blocks, Compactor compactor, Backup backup) {}

  /// @param end up to which time, excluded, whole spans leave
  /// @param through up to which they left before
  private record Cut(long end, long through, List<SeriesView> series) {}

  private record Look(Cut due, long newest, long logBytes) {}

  private record Rotated(long segment, long nextSequence, Head.Capture capture) {}

  synchronized void run(Instant now) {
    if (closed) {
      return;
    }
    try {
      Look look = committer.between(this::look);
      flush(look.due());
      if (logIsBehind || look.logBytes() > LOG_BYTES) {
        shortenLog();
      }
      retain(look.newest(), now);
      stores.compactor().wake(now, Math.max(look.due().end(), look.due().through()));
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
    return new Look(due(), stores.head().newest(), stores.wal().written());
  }

  /// A span leaves when what is usually late has come.
  private Cut due() {
    Head head = stores.head();
    long end = wholeSpans();
    boolean due = end > head.flushedThrough() && head.oldest() < end;
    return new Cut(end, head.flushedThrough(), due ? head.cut(end) : List.of());
  }

  private Cut everything() {
    Head head = stores.head();
    long end = Math.max(wholeSpans(), head.flushedThrough());
    return new Cut(end, head.flushedThrough(), head.cut(Long.MAX_VALUE));
  }

  private long wholeSpans() {
    long newest = stores.head().newest();
    if (newest == Long.MIN_VALUE) {
      return newest;
    }
    Duration window = config.outOfOrderWindow();
    Duration lag = window.compareTo(LONGEST_LAG) < 0 ? window : LONGEST_LAG;
    return Math.floorDiv(newest - lag.toMillis(), ranges.span()) * ranges.span();
  }

  private void flush(Cut cut) throws IOException {
    if (cut.series().isEmpty()) {
      return;
    }
    stores.blocks().sweep();
    for (List<Found> block : Leaving.blocks(cut.series(), ranges, cut.through())) {
      stores.blocks().write(block, List.of(), () -> false);
    }
    logIsBehind = true;
    committer.between(() -> {
      stores.head().drop(cut.series(), cut.end());
      return cut;
    });
    shortenLog();
  }

  /// Brings all samples, the newest included, into blocks.
  synchronized void flushAll() throws IOException {
    checkOpen();
    flush(committer.between(this::everything));
    if (logIsBehind) {
      shortenLog();
    }
  }

  /// Hides what there is of some series in a range of time. Everything goes into blocks first: then
  /// it is plain which samples were meant, and neither the head nor the log can bring them back.
  synchronized void delete(List<Matcher> matchers, long from, long to) throws IOException {
    flushAll();
    stores.blocks().delete(matchers, from, to);
  }

  /// Makes a backup and returns its name.
  ///
  /// @param skipHead whether samples that no block holds are left out
  synchronized String backup(Instant now, boolean skipHead) throws IOException {
    checkOpen();
    if (skipHead) {
      return stores.backup().make(now, List.of());
    }
    Head.Capture all = committer.between(stores.head()::capture);
    return stores.backup().make(now, Leaving.blocks(all.series(), ranges, all.flushedThrough()));
  }

  private void checkOpen() {
    if (closed) {
      throw new Unavailable("the metric store is closed");
    }
  }

  synchronized void shortenLog() throws IOException {
    Wal wal = stores.wal();
    Rotated rotated =
        committer.between(() -> new Rotated(wal.rotate(), wal.sequence(), stores.head().capture()));
    Snapshot.write(walFolder, rotated.segment(), rotated.nextSequence(), rotated.capture());
    Snapshot.deleteBelow(walFolder, rotated.segment());
    wal.deleteBelow(rotated.segment());
    logIsBehind = false;
  }

  /// Age is measured from the newest sample or the clock, whichever is earlier: a clock that jumped
  /// ahead makes nothing old.
  private void retain(long newest, Instant now) throws IOException {
    if (newest != Long.MIN_VALUE) {
      long reference = Math.min(newest, now.toEpochMilli());
      stores.blocks().retain(reference - config.retention().toMillis(), config.retentionBytes());
    }
  }
}
