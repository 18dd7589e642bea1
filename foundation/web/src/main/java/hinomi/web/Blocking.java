package hinomi.web;

import hinomi.model.BackgroundThreads;
import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;

/// The one door between event loops and blocking code: a request that gets a permit runs on a
/// thread of its own; without a permit it is refused at once, on the loop. Questions, which may
/// compute for long, have a door and permits of their own beside those who bring something.
final class Blocking implements AutoCloseable {
  private static final long QUICK_NANOS = 2_000_000;

  private final ExecutorService threads;
  private final Executor handing;
  private final Clock clock;
  private final Semaphore permits;
  private final Counter refused;

  /// On virtual threads.
  static Blocking virtual(WebConfig config, MeterRegistry registry) {
    return new Blocking(
        config,
        "request",
        Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("web-" + config.name() + "-", 0).factory()),
        Runnable::run,
        registry);
  }

  /// On platform threads that step back, so that who computes neither keeps a carrier from the
  /// virtual ones nor the processors. There are as many as requests at once, and kept for a minute.
  static Blocking background(WebConfig config, MeterRegistry registry) {
    return new Blocking(
        config,
        "question",
        Executors.newCachedThreadPool(new BackgroundThreads("ask-" + config.name() + "-")),
        // Whoever wakes an event loop holds a lock that the loop needs at once, and may be stopped
        // with it if it has had its share of the processor.
        Thread::startVirtualThread,
        registry);
  }

  private Blocking(
      WebConfig config,
      String kind,
      ExecutorService threads,
      Executor handing,
      MeterRegistry registry) {
    this.threads = threads;
    this.handing = handing;
    this.clock = registry.config().clock();
    this.permits = new Semaphore(config.maxConcurrent());
    this.refused =
        Counter.builder("hinomi.web.refused")
            .description("Requests answered 503 because too many were being answered")
            .tag("listener", config.name())
            .tag("kind", kind)
            .register(registry);
    Gauge.builder("hinomi.web.inside", () -> config.maxConcurrent() - permits.availablePermits())
        .description("Requests being answered")
        .tag("listener", config.name())
        .tag("kind", kind)
        .register(registry);
  }

  /// Answers on a thread of its own and gives the reply to `then`, or refuses at once.
  void enter(Endpoint endpoint, Request request, Consumer<Reply> then) {
    if (!permits.tryAcquire()) {
      refused.increment();
      then.accept(
          Reply.text(503, "too many requests at once; try again\n").with("Retry-After", "1"));
      return;
    }
    try {
      threads.execute(() -> {
        long begin = clock.monotonicTime();
        Reply reply = answer(endpoint, request);
        if (clock.monotonicTime() - begin < QUICK_NANOS) {
          then.accept(reply);
        } else {
          handing.execute(() -> then.accept(reply));
        }
      });
    } catch (RejectedExecutionException e) {
      permits.release();
      then.accept(Reply.text(503, "shutting down\n").with("Retry-After", "5"));
    }
  }

  private Reply answer(Endpoint endpoint, Request request) {
    try {
      return endpoint.answer(request);
    } catch (Exception | LinkageError | StackOverflowError | InternalError e) {
      return Failures.reply(request, e);
    } finally {
      permits.release();
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
