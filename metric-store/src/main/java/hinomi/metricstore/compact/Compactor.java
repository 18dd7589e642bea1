package hinomi.metricstore.compact;

import hinomi.metricstore.append.Task;
import hinomi.metricstore.block.Block;
import hinomi.metricstore.block.Blocks;
import hinomi.model.Unavailable;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Merges blocks into larger ones, writes damaged ones anew without what is lost, and drops what
/// was deleted: everything on one thread of its own, series by series, so that appends and queries
/// never wait for it. A run that fails (a full disk) leaves everything as it was, is counted, and
/// is tried again later.
public final class Compactor implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Compactor.class);
  private static final Duration PAUSE = Duration.ofMinutes(10);

  private final Blocks blocks;
  private final Ranges ranges;
  private final Follower follower;
  private final Counter done;
  private final Counter failed;
  private final Thread thread;
  private final Queue<Task<Boolean>> orders = new ArrayDeque<>();
  private volatile boolean closed;
  private volatile int failuresInRow;
  private boolean awake;
  private long through = Long.MIN_VALUE;
  private Instant now = Instant.EPOCH;
  private Instant notBefore = Instant.MIN;

  /// Who works on blocks when all of samples are merged, on the same thread.
  public interface Follower {
    /// @param flushedThrough up to which time, excluded, all samples are in blocks
    /// @param stop asked now and then: true ends it with a `CancellationException`
    void follow(long flushedThrough, BooleanSupplier stop) throws IOException;

    /// Does all that can be done.
    void finish(BooleanSupplier stop) throws IOException;
  }

  public Compactor(Blocks blocks, Ranges ranges, Follower follower, MeterRegistry registry) {
    this.blocks = blocks;
    this.ranges = ranges;
    this.follower = follower;
    this.done = registry.counter("hinomi.metricstore.compactions");
    this.failed = registry.counter("hinomi.metricstore.compactions.failed");
    this.thread = Thread.ofPlatform().name("metric-compact").daemon().unstarted(this::run);
  }

  public void start() {
    thread.start();
  }

  /// Has a look whether there is something to do; returns at once.
  ///
  /// @param flushedThrough up to which time, excluded, all samples are in blocks
  public synchronized void wake(Instant at, long flushedThrough) {
    now = at;
    through = flushedThrough;
    awake = true;
    notifyAll();
  }

  /// How often it has failed since it last came to an end; tries are ten minutes apart.
  public int failuresInRow() {
    return failuresInRow;
  }

  /// Merges all that can be; returns when it is done.
  public void mergeAll() {
    order(() -> {
      heal();
      for (var some = Plan.any(blocks.all(), ranges);
          some.isPresent();
          some = Plan.any(blocks.all(), ranges)) {
        merge(some.get());
      }
      follower.finish(() -> closed);
      return blocks.size();
    });
  }

  /// Writes all blocks anew that hide something; returns when it is done.
  public void clean() {
    order(() -> {
      heal();
      follower.finish(() -> closed);
      return blocks.size();
    });
  }

  private interface Work {
    int run() throws IOException;
  }

  private void order(Work work) {
    Task<Boolean> task =
        new Task<>(() -> {
          try {
            return work.run() >= 0;
          } catch (IOException e) {
            failed.increment();
            throw new Unavailable("metric blocks cannot be merged: " + e.getMessage(), e);
          } catch (CancellationException e) {
            throw new Unavailable("the metric store is closed", e);
          }
        });
    synchronized (this) {
      if (closed) {
        throw new Unavailable("the metric store is closed");
      }
      orders.add(task);
      notifyAll();
    }
    task.result();
  }

  private void run() {
    for (var next = next(); next.isPresent(); next = next()) {
      next.get().run();
    }
  }

  /// What to do next, as soon as there is something; empty when this is closed.
  private synchronized Optional<Runnable> next() {
    while (orders.isEmpty() && !awake && !closed) {
      try {
        wait();
      } catch (InterruptedException e) {
        closed = true; // nobody interrupts this thread but who wants it to end
      }
    }
    if (closed) {
      orders.forEach(order -> order.fail(new Unavailable("the metric store is closed")));
      orders.clear();
      return Optional.empty();
    }
    if (awake) {
      awake = false;
      return Optional.of(this::look);
    }
    return Optional.of(orders.remove()::run);
  }

  private synchronized long through() {
    return through;
  }

  private synchronized boolean mayTry() {
    return !now.isBefore(notBefore);
  }

  private synchronized void pause() {
    failed.increment();
    failuresInRow = failuresInRow + 1; // of this thread alone
    notBefore = now.plus(PAUSE);
  }

  private void look() {
    if (!mayTry()) {
      return;
    }
    try {
      if (blocks.wounded()) {
        heal();
      }
      for (var some = Plan.next(blocks.all(), ranges, through());
          some.isPresent();
          some = Plan.next(blocks.all(), ranges, through())) {
        merge(some.get());
      }
      follower.follow(through(), () -> closed);
      failuresInRow = 0;
    } catch (CancellationException e) {
      log.atDebug().log("merging of metric blocks ended by closing");
    } catch (IOException | Unavailable e) {
      pause();
      log.atError().setCause(e).log("metric blocks not merged");
    } catch (RuntimeException e) {
      pause();
      log.atError().setCause(e).log("BUG: metric blocks not merged");
    }
  }

  private void heal() throws IOException {
    blocks.healed(); // before: what is found damaged meanwhile is another turn's work
    for (Block block : blocks.hiding()) {
      merge(List.of(block));
    }
  }

  private void merge(List<Block> group) throws IOException {
    merge(blocks, group, () -> closed);
    done.increment();
  }

  /// Writes some blocks as one.
  public static void merge(Blocks blocks, List<Block> group, BooleanSupplier stop)
      throws IOException {
    blocks.sweep();
    long bytes = group.stream().mapToLong(Block::size).sum();
    long room = blocks.room();
    if (room < bytes + bytes / 4) {
      throw new IOException(
          "merging " + bytes + " bytes of blocks needs as much room; there are " + room);
    }
    blocks.write(() -> new Merge(group), group, stop);
    blocks.forget();
  }

  /// Ends what is under way, without its result, and lets nothing begin.
  @Override
  public void close() {
    synchronized (this) {
      closed = true;
      notifyAll();
    }
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
