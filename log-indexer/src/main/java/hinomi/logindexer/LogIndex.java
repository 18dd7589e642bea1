package hinomi.logindexer;

import hinomi.disk.DirectoryLock;
import hinomi.disk.Durably;
import hinomi.logindexer.accept.Door;
import hinomi.logindexer.accept.LineLimits;
import hinomi.logindexer.batch.Pending;
import hinomi.logindexer.journal.Journal;
import hinomi.logindexer.search.Budget;
import hinomi.logindexer.search.LineScan;
import hinomi.logindexer.search.LineSearch;
import hinomi.logindexer.search.Sources;
import hinomi.logindexer.search.StreamSearch;
import hinomi.logindexer.segment.Extent;
import hinomi.logindexer.segment.Segments;
import hinomi.model.Admission;
import hinomi.model.Cancel;
import hinomi.model.Labels;
import hinomi.model.LogRecord;
import hinomi.model.Matcher;
import hinomi.model.OverLimit;
import hinomi.model.Time;
import hinomi.model.Unavailable;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

/// Keeps log lines and finds them: one directory, one process. [#append] returns when the lines are
/// on disk; from then on they are found, also after a crash, each once. Times are nanoseconds since
/// the epoch. Safe for many threads; blocks.
public final class LogIndex implements AutoCloseable {
  private static final Duration TICK = Duration.ofMillis(500);

  /// Appends that wait in memory for the disk.
  private static final long MAX_QUEUED = 32 << 20;

  /// Searches at the same time: each holds unpacked batches.
  private static final int MAX_SEARCHES = 16;

  private final LogIndexConfig config;
  private final Time time;
  private final MeterRegistry registry;
  private final Counter accepted;
  private final Door door;
  private final DirectoryLock directoryLock;
  private final Journal journal;
  private final Flush flush;
  private final Semaphore searches = new Semaphore(MAX_SEARCHES);

  /// Guards `pending` and what of `segments` searches see: a line is in exactly one of the two.
  private final ReentrantLock state = new ReentrantLock();

  private final Pending pending;
  private final Segments segments;
  private final Cancel ticking;

  /// The highest journal number that a segment knew at the start: up to it a record may be held.
  private final long heldAtStart;

  private LogIndex(
      LogIndexConfig config, Time time, MeterRegistry registry, DirectoryLock directoryLock)
      throws IOException {
    this.config = config;
    this.time = time;
    this.registry = registry;
    this.directoryLock = directoryLock;
    this.accepted = registry.counter("hinomi.logindexer.lines");
    this.door =
        new Door(
            new LineLimits(config.maxLine(), config.retention(), config.maxAhead()),
            config.maxStreams());
    long span = config.segmentSpan().toNanos();
    Path journalFolder = config.directory().resolve("journal");
    Durably.createFolder(journalFolder);
    this.pending = new Pending(span);
    this.segments = Segments.open(config.directory().resolve("segments"), span, state);
    this.heldAtStart = segments.lastSequence();
    this.journal = new Journal(journalFolder, MAX_QUEUED, this::take);
    this.flush =
        new Flush(config, new Flush.Parts(pending, segments, journal, door), state, registry);
    flush.expire(time.now());
    journal.start(heldAtStart);
    this.ticking = time.every(TICK, "log flush", () -> flush.tick(time.now()));
    registry.gauge("hinomi.logindexer.pending.bytes", this, LogIndex::pendingBytes);
  }

  /// Opens the directory, reads back what the last run had not committed, and starts to flush. A
  /// directory in use, or one that cannot be read, is [Unavailable].
  public static LogIndex open(LogIndexConfig config, Time time, MeterRegistry registry) {
    DirectoryLock lock;
    try {
      Durably.createFolder(config.directory());
      lock = DirectoryLock.take(config.directory(), "log directory " + config.directory());
    } catch (IOException e) {
      throw cannotOpen(config, e);
    }
    try {
      return new LogIndex(config, time, registry, lock);
    } catch (IOException e) {
      try {
        lock.close();
      } catch (IOException more) {
        e.addSuppressed(more);
      }
      throw cannotOpen(config, e);
    }
  }

  private static Unavailable cannotOpen(LogIndexConfig config, IOException e) {
    return new Unavailable(
        "cannot open log directory " + config.directory() + ": " + e.getMessage(), e);
  }

  /// Stores lines. Returns when those that are taken are on disk; too many at once are an
  /// [OverLimit] and nothing of them is stored.
  public Admission append(List<LogRecord> records) {
    if (pendingBytes() > config.maxPending()) {
      throw OverLimit.rate("too many log lines wait for their segment", Duration.ofSeconds(2));
    }
    Door.Verdict verdict = door.judge(records, time.now());
    for (Admission.Refusal refusal : verdict.refusals()) {
      registry
          .counter("hinomi.logindexer.refused", "reason", refusal.reason())
          .increment(refusal.count());
    }
    if (!verdict.taken().isEmpty()) {
      journal.append(verdict.taken());
      accepted.increment(verdict.taken().size());
    }
    return new Admission(verdict.taken().size(), verdict.refusals());
  }

  /// Takes a record that is on disk, from an append or read back at the start.
  private void take(long sequence, List<LogRecord> records) {
    Instant now = time.now();
    long oldest = LineLimits.nanos(now.minus(config.retention()));
    state.lock();
    try {
      for (LogRecord line : records) {
        boolean held = sequence <= heldAtStart && segments.holds(sequence, line.timestamp());
        if (!held && line.timestamp() >= oldest) {
          pending.add(sequence, line, now);
        }
      }
    } finally {
      state.unlock();
    }
  }

  private double pendingBytes() {
    state.lock();
    try {
      return pending.bytes();
    } finally {
      state.unlock();
    }
  }

  /// The newest (or oldest) lines that match, in that order, exact duplicates once.
  public List<LogRecord> search(LogQuery query) {
    return with(
        query.from(),
        query.to(),
        sources -> new LineSearch(query, budget()).find(sources),
        List.of());
  }

  /// Shows every line that matches, exact duplicates once; the query's limit is not looked at.
  public void scan(LogQuery query, LineVisitor visitor) {
    Boolean _ =
        with(
            query.from(),
            query.to(),
            sources -> {
              new LineScan(query, budget(), visitor).run(sources);
              return true;
            },
            false);
  }

  /// The streams that match and have lines about that time (to the batch), in order.
  public List<Labels> streams(List<Matcher> matchers, long from, long to) {
    return List.copyOf(extents(matchers, from, to).keySet());
  }

  /// How much each stream holds about that time (to the batch), in the order of streams.
  public Map<Labels, Extent> extents(List<Matcher> matchers, long from, long to) {
    return with(from, to, sources -> StreamSearch.extents(sources, matchers, from, to), Map.of());
  }

  private Budget budget() {
    return new Budget(time, config.queryTimeout(), config.maxQueryBytes());
  }

  private <T> T with(long from, long to, Function<Sources, T> work, T otherwise) {
    if (from >= to) {
      return otherwise;
    }
    if (!searches.tryAcquire()) {
      throw OverLimit.rate("too many log searches at once", Duration.ofSeconds(1));
    }
    try (Sources sources = sources(from, to)) {
      return work.apply(sources);
    } finally {
      searches.release();
    }
  }

  private Sources sources(long from, long to) {
    state.lock();
    try {
      return new Sources(segments.views(from, to), pending.lines(from, to));
    } finally {
      state.unlock();
    }
  }

  /// Writes all pending lines to their segments now.
  public void flush() {
    flush.flush(time.now());
  }

  /// The wall clock, for those who ask for "the last hour".
  public Instant now() {
    return time.now();
  }

  /// Ends the flushing, writes what is pending to its segments and lets the directory go.
  @Override
  public void close() {
    ticking.cancel();
    try (directoryLock) {
      journal.close();
      flush.close(time.now());
    } catch (IOException e) {
      throw new Unavailable("the log index did not close cleanly: " + e.getMessage(), e);
    }
  }
}
