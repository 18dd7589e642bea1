package hinomi.logindexer;

import hinomi.logindexer.accept.Door;
import hinomi.logindexer.accept.LineLimits;
import hinomi.logindexer.batch.Pending;
import hinomi.logindexer.journal.Journal;
import hinomi.logindexer.segment.Segments;
import hinomi.model.Labels;
import hinomi.model.LogRecord;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Carries pending lines into segments when they are many or old, lets journal files go that are
/// covered, and deletes segments that are past retention. One run at a time. What fails stays
/// pending (and in the journal) and is tried again with the next tick.
final class Flush {
  private static final Logger log = LoggerFactory.getLogger(Flush.class);

  private final LogIndexConfig config;
  private final Parts parts;
  private final ReentrantLock state;
  private final ReentrantLock running = new ReentrantLock();
  private final Timer duration;
  private final Counter failures;
  private boolean failing;
  private long span = Long.MIN_VALUE;

  /// What is worked on.
  record Parts(Pending pending, Segments segments, Journal journal, Door door) {}

  /// @param state guards `pending` and what searches see
  Flush(LogIndexConfig config, Parts parts, ReentrantLock state, MeterRegistry registry) {
    this.config = config;
    this.parts = parts;
    this.state = state;
    this.duration = registry.timer("hinomi.logindexer.flush");
    this.failures = registry.counter("hinomi.logindexer.flush.failures");
  }

  /// What is due at a moment.
  void tick(Instant now) {
    running.lock();
    try {
      attempt(() -> {
        freeze(this::isDue, now);
        commit();
        expire(now);
        turn(now);
      });
    } finally {
      running.unlock();
    }
  }

  /// Everything that is pending, now.
  void flush(Instant now) {
    running.lock();
    try {
      attempt(() -> {
        commit();
        freeze((_, _) -> true, now);
        commit();
      });
    } finally {
      running.unlock();
    }
  }

  /// The last flush; lines that fail stay in the journal for the next start.
  void close(Instant now) throws IOException {
    running.lock();
    try {
      flush(now);
      if (parts.pending().bytes() == 0) {
        parts.journal().release(Long.MAX_VALUE);
      }
      parts.segments().close();
    } finally {
      running.unlock();
    }
  }

  /// Something that may meet a full disk.
  @FunctionalInterface
  private interface Work {
    void run() throws IOException;
  }

  private void attempt(Work work) {
    try {
      work.run();
      if (failing) {
        failing = false;
        log.atInfo().addKeyValue("folder", config.directory()).log("log segments written again");
      }
    } catch (IOException e) {
      failures.increment();
      if (!failing) {
        failing = true;
        log.atError()
            .addKeyValue("folder", config.directory())
            .setCause(e)
            .log("log segments cannot be written, lines stay in the journal");
      }
    }
  }

  /// Decides whether the growing generation is to be written.
  @FunctionalInterface
  private interface Due {
    boolean test(Pending pending, Instant now);
  }

  private boolean isDue(Pending pending, Instant now) {
    return pending.growingBytes() >= config.flushBytes()
        || !pending.growingSince().isAfter(now.minus(config.flushAge()));
  }

  private void freeze(Due due, Instant now) {
    state.lock();
    try {
      if (!parts.pending().isFrozen() && due.test(parts.pending(), now)) {
        parts.pending().freeze();
      }
    } finally {
      state.unlock();
    }
  }

  private void commit() throws IOException {
    Pending pending = parts.pending();
    if (!pending.isFrozen()) {
      return; // frozen lines change only here
    }
    Timer.Sample sample = Timer.start();
    long sequence = pending.frozenSequence();
    for (long start : pending.frozenStarts()) {
      Map<Labels, List<LogRecord>> lines = pending.frozen(start);
      parts.segments().commit(start, lines, sequence, () -> pending.forget(start));
    }
    parts.journal().release(sequence);
    long _ = sample.stop(duration);
  }

  /// Deletes what is past retention.
  void expire(Instant now) throws IOException {
    int _ = parts.segments().expire(LineLimits.nanos(now.minus(config.retention())));
  }

  /// What changes with the span of time: streams are counted anew, old writers are closed.
  private void turn(Instant now) throws IOException {
    long current = Math.floorDiv(LineLimits.nanos(now), config.segmentSpan().toNanos());
    if (current != span) {
      span = current;
      parts.door().newSpan();
    }
    parts.segments().rest(LineLimits.nanos(now.minus(Duration.ofMinutes(10))));
  }
}
