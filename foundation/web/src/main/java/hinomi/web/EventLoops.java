package hinomi.web;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// The event loops that all listeners of a process share. One per process, opened before the first
/// listener and closed after the last.
public final class EventLoops implements AutoCloseable {
  private final Vertx vertx;

  public EventLoops() {
    this.vertx =
        Vertx.builder()
            .with(
                new VertxOptions()
                    .setPreferNativeTransport(false)
                    .setEventLoopPoolSize(Math.max(2, Runtime.getRuntime().availableProcessors()))
                    .setWorkerPoolSize(2)
                    .setInternalBlockingPoolSize(2)
                    .setMaxEventLoopExecuteTime(200)
                    .setMaxEventLoopExecuteTimeUnit(TimeUnit.MILLISECONDS))
            .build();
  }

  Vertx vertx() {
    return vertx;
  }

  @Override
  public void close() {
    try {
      vertx.close().toCompletionStage().toCompletableFuture().get(5, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new IllegalStateException("event loops did not stop: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
