package hinomi.web;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;

/// The one door between event loops and blocking code: a request that gets a permit runs on a
/// virtual thread of its own; without a permit it is refused at once, on the loop.
final class Blocking implements AutoCloseable {
  private final ExecutorService threads;
  private final Semaphore permits;
  private final Counter refused;

  Blocking(WebConfig config, MeterRegistry registry) {
    this.threads =
        Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("web-" + config.name() + "-", 0).factory());
    this.permits = new Semaphore(config.maxConcurrent());
    this.refused =
        Counter.builder("hinomi.web.refused")
            .description("Requests answered 503 because too many were being answered")
            .tag("listener", config.name())
            .register(registry);
    Gauge.builder("hinomi.web.inside", () -> config.maxConcurrent() - permits.availablePermits())
        .description("Requests being answered")
        .tag("listener", config.name())
        .register(registry);
  }

  /// Answers on a virtual thread and gives the reply to `then` there, or refuses at once.
  void enter(Endpoint endpoint, Request request, Consumer<Reply> then) {
    if (!permits.tryAcquire()) {
      refused.increment();
      then.accept(
          Reply.text(503, "too many requests at once; try again\n").with("Retry-After", "1"));
      return;
    }
    try {
      threads.execute(() -> {
        Reply reply;
        try {
          reply = endpoint.answer(request);
        } catch (Exception | LinkageError | StackOverflowError | InternalError e) {
          reply = Failures.reply(request, e);
        } finally {
          permits.release();
        }
        then.accept(reply);
      });
    } catch (RejectedExecutionException e) {
      permits.release();
      then.accept(Reply.text(503, "shutting down\n").with("Retry-After", "5"));
    }
  }

  @Override
  public void close() {
    threads.shutdown();
    try {
      if (!threads.awaitTermination(3, java.util.concurrent.TimeUnit.SECONDS)) {
        threads.shutdownNow();
      }
    } catch (InterruptedException e) {
      threads.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }
}
