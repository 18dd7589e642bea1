package hinomi.metricstore;

import hinomi.metricstore.append.Task;
import hinomi.model.Unavailable;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;

/// The platform thread on which upkeep runs (`metric-upkeep`): to pack a block takes seconds of
/// CPU, and on a carrier of virtual threads it would keep requests waiting. Who calls waits for the
/// end. Any thread.
final class UpkeepThread implements AutoCloseable {
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(
          Thread.ofPlatform().name("metric-upkeep").daemon().factory());

  /// Does something on the thread and returns what it gives; what fails there fails here.
  <T> T call(Callable<T> work) {
    Task<T> task = new Task<>(work);
    try {
      thread.execute(task::run);
    } catch (RejectedExecutionException e) {
      throw new Unavailable("the metric store is closed", e);
    }
    return task.result();
  }

  /// Lets nothing more begin.
  @Override
  public void close() {
    thread.shutdown();
  }
}
