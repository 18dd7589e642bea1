package hinomi.metricstore;

import hinomi.metricstore.append.Committer;
import hinomi.metricstore.block.Blocks;
import hinomi.metricstore.chunk.Piece;
import hinomi.metricstore.head.Head;
import hinomi.metricstore.head.SeriesView;
import hinomi.metricstore.head.Snapshot;
import hinomi.metricstore.wal.Wal;
import hinomi.model.Labels;
import hinomi.model.Unavailable;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What is done from time to time: whole spans leave memory for blocks, the log is shortened, old
/// blocks go. Each step leaves the disk such that a crash after it loses nothing: a block is
/// durable before memory lets go of its samples, a snapshot before the log behind it is deleted.
/// What a crash leaves in both block and log is the same sample twice, and reads as one.
final class Upkeep {
  private static final Logger log = LoggerFactory.getLogger(Upkeep.class);

  /// How long the log may grow before it is shortened even without a flush: it bounds the time of a
  /// restart.
  private static final long LOG_BYTES = 256L << 20;

  private final MetricStoreConfig config;
  private final Path walFolder;
  private final Committer committer;
  private final Wal wal;
  private final Head head;
  private final Blocks blocks;
  private final Counter failed;
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
    this.wal = stores.wal();
    this.head = stores.head();
    this.blocks = stores.blocks();
    this.failed = registry.counter("hinomi.metricstore.upkeep.failed");
  }

  /// Where samples are.
  record Stores(Wal wal, Head head, Blocks blocks) {}

  private record Cut(long end, List<SeriesView> series) {}

  private record Rotated(long segment, long nextSequence, Head.Capture capture) {}

  synchronized void run(Instant now) {
    if (closed) {
      return;
    }
    try {
      Cut cut = committer.between(this::cut);
      if (!cut.series().isEmpty()) {
        write(cut.series());
        committer.between(() -> {
          head.drop(cut.series(), cut.end());
          return cut;
        });
        shortenLog();
      } else if (committer.between(wal::written) > LOG_BYTES) {
        shortenLog();
      }
      retain(now);
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

  /// A span leaves when no series that is still being written can get late samples in it.
  private Cut cut() {
    long span = config.blockSpan().toMillis();
    if (head.newest() == Long.MIN_VALUE) {
      return new Cut(0, List.of());
    }
    long end = Math.floorDiv(head.newest() - config.outOfOrderWindow().toMillis(), span) * span;
    boolean due = end > head.flushedThrough() && head.oldest() < end;
    return new Cut(end, due ? head.cut(end) : List.of());
  }

  private void write(List<SeriesView> cut) throws IOException {
    long span = config.blockSpan().toMillis();
    Map<Long, Map<Labels, List<Piece>>> spans = new TreeMap<>();
    for (SeriesView view : cut) {
      for (Piece piece : view.pieces(Long.MIN_VALUE, Long.MAX_VALUE)) {
        long last = Math.floorDiv(piece.last(), span);
        for (long i = Math.floorDiv(piece.first(), span); i <= last; i++) {
          spans
              .computeIfAbsent(i * span, _ -> new HashMap<>())
              .computeIfAbsent(view.labels(), _ -> new ArrayList<>(2))
              .add(piece);
        }
      }
    }
    for (Map.Entry<Long, Map<Labels, List<Piece>>> each : spans.entrySet()) {
      blocks.write(each.getKey(), each.getValue());
    }
  }

  synchronized void shortenLog() throws IOException {
    Rotated rotated =
        committer.between(() -> new Rotated(wal.rotate(), wal.sequence(), head.capture()));
    Snapshot.write(walFolder, rotated.segment(), rotated.nextSequence(), rotated.capture());
    Snapshot.deleteBelow(walFolder, rotated.segment());
    wal.deleteBelow(rotated.segment());
  }

  /// Age is measured from the newest sample or the clock, whichever is earlier: a clock that jumped
  /// ahead makes nothing old.
  private void retain(Instant now) throws IOException {
    long newest = committer.between(head::newest);
    if (newest != Long.MIN_VALUE) {
      long reference = Math.min(newest, now.toEpochMilli());
      blocks.retain(reference - config.retention().toMillis(), config.retentionBytes());
    }
  }
}
