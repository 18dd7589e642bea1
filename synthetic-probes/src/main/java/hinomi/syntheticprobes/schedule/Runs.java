package hinomi.syntheticprobes.schedule;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Runs on virtual threads, at most so many at once, and one of each id at a time. What cannot run
/// now is skipped and counted: a queue would only make late measurements of it. Any thread.
final class Runs implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Runs.class);

  private final ExecutorService threads =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("probe-", 0).factory());
  private final Set<String> running = ConcurrentHashMap.newKeySet();
  private final Semaphore permits;
  private final MeterRegistry registry;

  /// @param most runs at once
  Runs(int most, MeterRegistry registry) {
    this.permits = new Semaphore(most);
    this.registry = registry;
    Gauge.builder("hinomi.probes.running", running, Set::size).register(registry);
  }

  /// Starts a run, or skips it.
  void fire(String id, Runnable run) {
    if (!running.add(id)) {
      skipped(id, "overrun");
      return;
    }
    if (!permits.tryAcquire()) {
      running.remove(id);
      skipped(id, "busy");
      return;
    }
    try {
      Future<?> _ = threads.submit(() -> perform(id, run));
    } catch (RejectedExecutionException _) {
      // Closing.
      end(id);
    }
  }

  private void perform(String id, Runnable run) {
    try {
      run.run();
    } catch (RuntimeException | Error e) {
      // A job runner answers for failures by telling them: the next run gets its chance.
      log.atError().addKeyValue("probe", id).setCause(e).log("probe run failed");
    } finally {
      end(id);
    }
  }

  private void end(String id) {
    permits.release();
    running.remove(id);
  }

  private void skipped(String id, String reason) {
    registry.counter("hinomi.probes.skipped", "probe", id, "reason", reason).increment();
  }

  /// Interrupts what still runs.
  @Override
  public void close() {
    threads.shutdownNow();
  }
}
