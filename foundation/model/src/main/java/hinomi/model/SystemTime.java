package hinomi.model;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The machine's clock. One thread waits for due times; every job runs on a virtual thread of its
/// own, so that a job which blocks delays no other. Closing ends the timer and interrupts jobs that
/// still run.
public final class SystemTime implements Time, AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(SystemTime.class);

  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("time").daemon().factory());
  private final ExecutorService jobs =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("job-", 0).factory());

  @Override
  public Instant now() {
    return Instant.now();
  }

  @Override
  public long nanos() {
    return System.nanoTime();
  }

  @Override
  public Cancel every(Duration period, String name, Runnable job) {
    AtomicBoolean running = new AtomicBoolean();
    ScheduledFuture<?> due =
        timer.scheduleAtFixedRate(
            () -> {
              if (running.compareAndSet(false, true)) {
                start(name, job, () -> running.set(false));
              }
            },
            period.toNanos(),
            period.toNanos(),
            TimeUnit.NANOSECONDS);
    return () -> due.cancel(false);
  }

  @Override
  public Cancel at(Instant when, String name, Runnable job) {
    long delay = Math.max(0, Duration.between(now(), when).toMillis());
    ScheduledFuture<?> due =
        timer.schedule(() -> start(name, job, () -> {}), delay, TimeUnit.MILLISECONDS);
    return () -> due.cancel(false);
  }

  private void start(String name, Runnable job, Runnable after) {
    if (jobs.isShutdown()) {
      return;
    }
    Future<?> _ =
        jobs.submit(() -> {
          try {
            job.run();
          } catch (RuntimeException | Error e) {
            // The job runner is one of the three places that may answer for a failure: it says
            // so, and the next run gets its chance.
            log.atError().addKeyValue("job", name).setCause(e).log("job failed");
          } finally {
            after.run();
          }
        });
  }

  @Override
  public void close() {
    timer.shutdownNow();
    jobs.shutdownNow();
  }
}
