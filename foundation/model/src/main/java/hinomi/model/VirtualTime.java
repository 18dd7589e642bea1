package hinomi.model;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.PriorityQueue;

/// A clock that stands still until somebody moves it, for replaying what was and for tests. Due
/// jobs run on the thread that moves it, in the order of their due times, each seeing its own due
/// time as now: a day passes in milliseconds. Any thread may schedule; one moves.
public final class VirtualTime implements Time {
  private final PriorityQueue<Job> jobs =
      new PriorityQueue<>(
          Comparator.comparing((Job job) -> job.due).thenComparingLong(job -> job.order));
  private Instant now;
  private long order;

  public VirtualTime(Instant start) {
    this.now = start;
  }

  private static final class Job {
    final Instant due;
    final long order;
    final Runnable run;
    boolean cancelled;

    Job(Instant due, long order, Runnable run) {
      this.due = due;
      this.order = order;
      this.run = run;
    }
  }

  @Override
  public synchronized Instant now() {
    return now;
  }

  @Override
  public synchronized long nanos() {
    return now.getEpochSecond() * 1_000_000_000L + now.getNano();
  }

  @Override
  public synchronized Cancel every(Duration period, String name, Runnable job) {
    Repeat repeat = new Repeat(period, job);
    repeat.schedule(now.plus(period));
    return repeat::cancel;
  }

  @Override
  public synchronized Cancel at(Instant when, String name, Runnable job) {
    Job added = add(when.isBefore(now) ? now : when, job);
    return () -> added.cancelled = true;
  }

  private Job add(Instant due, Runnable run) {
    Job job = new Job(due, order++, run);
    jobs.add(job);
    return job;
  }

  private final class Repeat {
    private final Duration period;
    private final Runnable job;
    private boolean cancelled;

    Repeat(Duration period, Runnable job) {
      this.period = period;
      this.job = job;
    }

    void schedule(Instant due) {
      add(due, () -> run(due));
    }

    void run(Instant due) {
      if (!cancelled) {
        job.run();
        synchronized (VirtualTime.this) {
          schedule(due.plus(period));
        }
      }
    }

    void cancel() {
      cancelled = true;
    }
  }

  /// Moves the clock forward, running what falls due on the way.
  public void advance(Duration by) {
    advanceTo(now().plus(by));
  }

  /// Moves the clock to a later time, running what falls due on the way.
  public void advanceTo(Instant to) {
    while (true) {
      Job job;
      synchronized (this) {
        job = jobs.peek();
        if (job == null || job.due.isAfter(to)) {
          if (to.isAfter(now)) {
            now = to;
          }
          return;
        }
        jobs.poll();
        if (job.due.isAfter(now)) {
          now = job.due;
        }
      }
      if (!job.cancelled) {
        job.run.run();
      }
    }
  }
}
