package hinomi.agent.tail;

import hinomi.model.LogRecord;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Follows the log files of the configuration: each [#poll] finds files, reads what was appended
/// and offers it to the sink in batches. How far a file was read is remembered after its lines were
/// taken: each line arrives exactly once when the agent is stopped, at least once when it is
/// killed. When the sink does not take a batch, reading stops: the files are the buffer.
///
/// Any thread may poll or close, one at a time.
public final class LogTailer implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(LogTailer.class);

  /// Bytes of one batch, before encoding.
  private static final int BATCH_BYTES = 1 << 20;

  /// Batches in one poll: a poll that never ended would not see that a file was rotated.
  private static final int BATCHES = 16;

  private final List<LogSource> sources;
  private final Map<LogSource, List<Finder>> finders = new LinkedHashMap<>();
  private final Checkpoint checkpoint;
  private final LogSink sink;
  private final ZoneId zone;
  private final TailedFiles files = new TailedFiles();
  private final Counter lines;
  private final AtomicLong unread = new AtomicLong();
  private int turn;
  private boolean begun;
  private boolean closed;
  private boolean unsaved;

  /// @param checkpoint the file in which to remember
  /// @param zone of times in lines that name none
  public LogTailer(
      List<LogSource> sources, Path checkpoint, LogSink sink, ZoneId zone, MeterRegistry registry) {
    this.sources = List.copyOf(sources);
    this.checkpoint = new Checkpoint(checkpoint);
    this.sink = sink;
    this.zone = zone;
    for (LogSource source : sources) {
      finders.put(source, source.paths().stream().map(Finder::new).toList());
    }
    this.lines = registry.counter("hinomi.agent.tail.lines");
    Gauge.builder("hinomi.agent.tail.unread.bytes", unread, AtomicLong::get)
        .description("bytes of followed files that were not read yet")
        .register(registry);
  }

  /// One round over all files.
  public synchronized void poll(Instant now) {
    if (closed) {
      return;
    }
    Map<FileId, TailedFiles.Found> found = find();
    unsaved |= begin(found);
    unsaved |= files.follow(found, now, begun ? Set.of() : toTheEnd());
    begun = true;
    boolean more = true;
    for (int i = 0; i < BATCHES && more; i++) {
      more = batch(now);
    }
    unsaved |= files.retire(now);
    if (unsaved) {
      save();
    }
    count();
  }

  private Map<FileId, TailedFiles.Found> find() {
    Map<FileId, TailedFiles.Found> found = new LinkedHashMap<>();
    finders.forEach((source, globs) -> {
      for (Finder glob : globs) {
        try {
          for (Path path : glob.find()) {
            // A file that two globs mean belongs to the first.
            found.putIfAbsent(FileId.of(path), new TailedFiles.Found(path, source));
          }
        } catch (IOException e) {
          // Vanished between listing and looking: the next poll sees what is there.
          log.atDebug().setCause(e).log("log files not listed");
        }
      }
    });
    return found;
  }

  private boolean begin(Map<FileId, TailedFiles.Found> found) {
    if (begun || !checkpoint.exists()) {
      return false;
    }
    try {
      files.resume(checkpoint.read(), found, sources);
    } catch (IOException e) {
      log.atError().setCause(e).log("checkpoint unreadable, reading log files anew");
    }
    return true;
  }

  /// On its very first run the agent does not tell the whole past, where it is told so.
  private Set<LogSource> toTheEnd() {
    Set<LogSource> ends = new HashSet<>();
    for (LogSource source : sources) {
      if (source.readFrom() == LogSource.ReadFrom.END && !checkpoint.exists()) {
        ends.add(source);
      }
    }
    return ends;
  }

  /// Reads a piece of each file until a batch is full; true when more may be there.
  private boolean batch(Instant now) {
    Map<TailedFile, TailedFile.Piece> pieces = new LinkedHashMap<>();
    List<LogRecord> records = new ArrayList<>();
    int bytes = 0;
    List<TailedFile> round = new ArrayList<>(files.all());
    // Another file is the first each time, so that a busy one does not keep the others waiting.
    Collections.rotate(round, -turn++);
    for (TailedFile file : round) {
      Optional<TailedFile.Piece> piece = read(file, now);
      if (piece.isPresent()) {
        pieces.put(file, piece.get());
        records.addAll(piece.get().lines());
        bytes += piece.get().bytes();
      }
      if (bytes >= BATCH_BYTES) {
        break;
      }
    }
    if (pieces.isEmpty()) {
      return false;
    }
    if (!records.isEmpty() && !sink.offer(records)) {
      // What was seen is remembered even so: by it the files are known after they were rotated.
      unsaved = true;
      return false;
    }
    pieces.forEach(TailedFile::commit);
    lines.increment(records.size());
    save();
    return true;
  }

  private Optional<TailedFile.Piece> read(TailedFile file, Instant now) {
    try {
      return file.read(now, zone);
    } catch (IOException e) {
      files.trouble(file.name(), e);
      return Optional.empty();
    }
  }

  private void save() {
    try {
      checkpoint.write(files.entries());
      unsaved = false;
    } catch (IOException e) {
      // Not fatal: after a crash some lines would be read a second time.
      if (!unsaved) {
        log.atWarn().setCause(e).log("checkpoint not written");
      }
      unsaved = true;
    }
  }

  private void count() {
    long sum = 0;
    for (TailedFile file : files.all()) {
      sum += file.unread();
    }
    unread.set(sum);
  }

  @Override
  public synchronized void close() {
    if (!closed) {
      closed = true;
      files.close();
    }
  }
}
