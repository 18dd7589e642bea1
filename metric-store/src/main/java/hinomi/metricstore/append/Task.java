package hinomi.metricstore.append;

import hinomi.model.Unavailable;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/// Something to be done on a thread of the store, for whose result another thread waits. Any
/// thread.
public final class Task<T> {
  private final Callable<T> work;
  private final CountDownLatch done = new CountDownLatch(1);
  private Optional<T> value = Optional.empty();
  private @Nullable Throwable failure;

  public Task(Callable<T> work) {
    this.work = work;
  }

  public void run() {
    try {
      value = Optional.of(work.call());
    } catch (Exception | Error e) {
      failure = e;
    }
    done.countDown();
  }

  public void fail(Throwable why) {
    failure = why;
    done.countDown();
  }

  public T result() {
    try {
      done.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Unavailable("interrupted while the metric store was working", e);
    }
    if (failure instanceof Unavailable world) {
      throw new Unavailable(world.reason(), world);
    }
    return value.orElseThrow(() -> new IllegalStateException("BUG: task failed", failure));
  }
}
