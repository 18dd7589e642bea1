package hinomi.promql.evaluate;

import hinomi.model.BackgroundThreads;
import hinomi.model.Unavailable;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/// The threads that all queries share for their large loops: as many as there are cores, started
/// when first needed, in the background of those who send. Queries take turns: a thread does one
/// part of one query, then one of the next. For any threads.
///
/// A caller on a platform thread works, too. One on a virtual thread only waits, for it would keep
/// a carrier from everybody else as long as its query takes. Where the queue is full the caller
/// does its work alone.
public final class Workers implements AutoCloseable {
  private static final int QUEUE = 1024;

  private final int size;
  private final ThreadFactory factory = new BackgroundThreads("hinomi-promql-");
  private final BlockingQueue<Job> queue = new ArrayBlockingQueue<>(QUEUE);
  private final List<Thread> threads = new ArrayList<>();
  private boolean closed;

  public Workers(int size) {
    this.size = size;
  }

  /// Does all parts and returns when they are done; what one throws is thrown here, and parts not
  /// begun are left undone then.
  ///
  /// @param budget abandoned when the caller is interrupted, so that all workers end soon
  void run(int parts, Budget budget, IntConsumer work) {
    Job job = new Job(parts, budget, work);
    boolean helps = !Thread.currentThread().isVirtual();
    if (parts == 1 || !isHandedOut(job, parts - (helps ? 1 : 0)) || helps) {
      while (job.doOne()) {
        // until none is left
      }
    }
    job.await();
  }

  private boolean isHandedOut(Job job, int parts) {
    if (!start()) {
      return false;
    }
    boolean any = false;
    for (int i = 0; i < Math.min(parts, size); i++) {
      any |= queue.offer(job);
    }
    return any;
  }

  private synchronized boolean start() {
    while (!closed && threads.size() < size) {
      Thread thread = factory.newThread(this::work);
      threads.add(thread);
      thread.start();
    }
    return !closed;
  }

  private void work() {
    try {
      while (true) {
        Job job = queue.take();
        while (job.doOne() && !queue.offer(job)) {
          // full: goes on with the same
        }
      }
    } catch (InterruptedException _) {
      // closed
      Thread.currentThread().interrupt();
    }
  }

  /// Ends the threads. Queries still running end on their callers' threads.
  @Override
  public void close() {
    List<Thread> all;
    synchronized (this) {
      closed = true;
      all = List.copyOf(threads);
    }
    all.forEach(Thread::interrupt);
    for (Job job = queue.poll(); job != null; job = queue.poll()) {
      while (job.doOne()) {
        // nobody else will
      }
    }
  }

  /// Numbered parts of one query's work, each done once by whoever comes first.
  private static final class Job {
    private final int parts;
    private final Budget budget;
    private final IntConsumer work;
    private int begun;
    private int active;
    private @Nullable Throwable failure;

    Job(int parts, Budget budget, IntConsumer work) {
      this.parts = parts;
      this.budget = budget;
      this.work = work;
    }

    /// @return whether there was one to do
    boolean doOne() {
      int part = begin();
      if (part < 0) {
        return false;
      }
      Throwable thrown = null;
      try {
        work.accept(part);
      } catch (RuntimeException | Error e) {
        thrown = e;
      }
      end(thrown);
      return true;
    }

    private synchronized int begin() {
      if (begun == parts || failure != null) {
        return -1;
      }
      active++;
      return begun++;
    }

    private synchronized void end(@Nullable Throwable thrown) {
      active--;
      failure = failure == null ? thrown : failure;
      notifyAll();
    }

    /// Waits also when interrupted, for nothing may go on behind the caller's back.
    synchronized void await() {
      boolean interrupted = false;
      while (active > 0 || (begun < parts && failure == null)) {
        try {
          wait();
        } catch (InterruptedException _) {
          interrupted = true;
          budget.abandon();
          failure = failure == null ? new Unavailable(Budget.CANCELED) : failure;
        }
      }
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
      switch (failure) {
        case null -> {}
        case RuntimeException e -> throw e;
        case Error e -> throw e;
        case Throwable e -> throw new IllegalStateException("BUG: a checked exception", e);
      }
    }
  }
}
