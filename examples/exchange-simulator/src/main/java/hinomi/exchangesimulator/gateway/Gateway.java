package hinomi.exchangesimulator.gateway;

import hinomi.exchangesimulator.Faults;
import hinomi.exchangesimulator.Faults.Fault;
import hinomi.exchangesimulator.book.Execution;
import hinomi.exchangesimulator.book.MatchingEngine;
import hinomi.exchangesimulator.book.Order;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Takes an order, hands it to the matching engine and waits for what became of it. Blocks: call it
/// from virtual threads. At most 5,000 orders are inside at once; more are rejected.
public final class Gateway {
  private static final Logger log = LoggerFactory.getLogger(Gateway.class);
  private static final int INSIDE = 5_000;
  private static final Duration PATIENCE = Duration.ofSeconds(2);
  private static final long SLOW_NANOS = 900_000_000L;

  private final MatchingEngine engine;
  private final Faults faults;
  private final Semaphore inside = new Semaphore(INSIDE);
  private final AtomicLong ids = new AtomicLong();
  private final Timer latency;
  private final MeterRegistry registry;

  /// What became of an order.
  public sealed interface Outcome {
    /// Taken by the book.
    ///
    /// @param id the order's
    /// @param executions its trades, perhaps none yet
    record Accepted(long id, List<Execution> executions) implements Outcome {}

    /// Not taken.
    ///
    /// @param reason `busy`, `timeout`, `error`
    /// @param text for a person
    record Rejected(String reason, String text) implements Outcome {}
  }

  public Gateway(MatchingEngine engine, Faults faults, MeterRegistry registry) {
    this.engine = engine;
    this.faults = faults;
    this.registry = registry;
    this.latency =
        Timer.builder("exchange.order.latency")
            .description("Order received to answer given")
            .serviceLevelObjectives(
                Duration.ofMillis(1),
                Duration.ofMillis(5),
                Duration.ofMillis(10),
                Duration.ofMillis(50),
                Duration.ofMillis(100),
                Duration.ofMillis(250),
                Duration.ofMillis(500),
                Duration.ofSeconds(1),
                Duration.ofSeconds(2))
            .register(registry);
  }

  /// Sends an order through; returns when its fate is known.
  public Outcome submit(Order.Side side, long price, long quantity, boolean rests) {
    Outcome outcome =
        latency.record(
            () -> through(new Order(ids.incrementAndGet(), side, price, quantity, rests)));
    if (outcome == null) {
      throw new IllegalStateException("BUG: an order without an outcome");
    }
    orders(
            switch (outcome) {
              case Outcome.Accepted _ -> "accepted";
              case Outcome.Rejected rejected -> rejected.reason();
            })
        .increment();
    return outcome;
  }

  private Counter orders(String result) {
    return Counter.builder("exchange.orders")
        .description("Orders by what became of them")
        .tag("result", result)
        .register(registry);
  }

  private Outcome through(Order order) {
    if (!inside.tryAcquire()) {
      return new Outcome.Rejected("busy", "too many orders at once / 注文が集中しています");
    }
    try {
      if (faults.has(Fault.SLOW_GATEWAY)) {
        LockSupport.parkNanos(SLOW_NANOS);
      }
      if (faults.has(Fault.ERROR_BURST) && ThreadLocalRandom.current().nextInt(10) < 3) {
        log.atError().addKeyValue("order", order.id()).log("注文の受付処理でエラーが発生しました");
        return new Outcome.Rejected("error", "internal error / 内部エラー");
      }
      return new Outcome.Accepted(
          order.id(), engine.submit(order).get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS));
    } catch (TimeoutException e) {
      return new Outcome.Rejected("timeout", "the matching engine does not answer / 約定処理が応答しません");
    } catch (ExecutionException e) {
      return new Outcome.Rejected("busy", "the matching engine is full / 注文が集中しています");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Outcome.Rejected("error", "closing / 停止処理中");
    } finally {
      inside.release();
    }
  }
}
