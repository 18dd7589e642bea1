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
import org.jspecify.annotations.Nullable;
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
    if (!now().isBefore(when)) {
      start(name, job, () -> {}); // without the timer's thread, which takes its time
      return () -> {};
    }
    Alarm alarm = new Alarm(when, () -> start(name, job, () -> {}));
    alarm.set();
    return alarm;
  }

  /// Waits for a time of the wall clock. The timer counts on another clock, which may be ahead by
  /// then: who wakes too early waits on, since a job may rely on its time having come.
  private final class Alarm implements Cancel {
    private final Instant when;
    private final Runnable then;
    private @Nullable Future<?> waiting; // guarded by this, as is the next
    private boolean cancelled;

    Alarm(Instant when, Runnable then) {
      this.when = when;
      this.then = then;
    }

    synchronized void set() {
      if (!cancelled) {
        Duration left = Duration.between(now(), when);
        long millis = left.isPositive() ? left.toMillis() + 1 : 0;
        waiting = timer.schedule(this::ring, millis, TimeUnit.MILLISECONDS);
      }
    }

    private void ring() {
      if (now().isBefore(when)) {
        set();
      } else {
        then.run();
      }
    }

    @Override
    public synchronized void cancel() {
      cancelled = true;
      if (waiting != null) {
        waiting.cancel(false);
      }
    }
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
