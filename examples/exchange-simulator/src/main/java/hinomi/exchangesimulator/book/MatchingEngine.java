package hinomi.exchangesimulator.book;

import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/// Owns the book: one thread takes orders from a bounded queue and matches them. It can be stopped
/// and set going again, as when a matching engine hangs; orders then wait until the queue is full.
public final class MatchingEngine implements AutoCloseable {
  /// Orders that wait at most; when they do, the gateway is told "full".
  public static final int QUEUE = 10_000;

  private static final int LEVELS = 200;

  private final OrderBook book = new OrderBook();
  private final BlockingQueue<Arrival> queue = new ArrayBlockingQueue<>(QUEUE);
  private final Consumer<Tick> ticks;
  private final Thread thread;
  private volatile boolean running = true;
  private boolean stopped; // guarded by this

  private record Arrival(Order order, CompletableFuture<List<Execution>> answer) {}

  /// What one order did to the book.
  ///
  /// @param executions the trades, perhaps none
  /// @param bid best bid afterwards, 0 when there is none
  /// @param ask best offer afterwards, 0 when there is none
  /// @param resting orders in the book
  public record Tick(List<Execution> executions, long bid, long ask, long resting) {}

  /// @param ticks told after every order, on the engine's thread; must be quick
  public MatchingEngine(Consumer<Tick> ticks) {
    this.ticks = ticks;
    this.thread = Thread.ofPlatform().name("matching-engine").daemon().start(this::run);
  }

  /// Hands an order over; empty queue places mean the future fails at once.
  public CompletableFuture<List<Execution>> submit(Order order) {
    CompletableFuture<List<Execution>> answer = new CompletableFuture<>();
    if (!queue.offer(new Arrival(order, answer))) {
      answer.completeExceptionally(
          new IllegalStateException("the matching engine's queue is full"));
    }
    return answer;
  }

  public synchronized void stop() {
    stopped = true;
  }

  public synchronized void resume() {
    stopped = false;
    notifyAll();
  }

  /// How many orders wait.
  public int waiting() {
    return queue.size();
  }

  private void run() {
    try {
      while (running) {
        Arrival arrival = queue.poll(100, TimeUnit.MILLISECONDS);
        awaitResumed();
        if (arrival != null) {
          match(arrival);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // closing
    }
  }

  private synchronized void awaitResumed() throws InterruptedException {
    while (stopped && running) {
      wait(1_000);
    }
  }

  private void match(Arrival arrival) {
    List<Execution> executions = book.accept(arrival.order());
    if (arrival.order().id() % 1_000 == 0) {
      book.trim(LEVELS);
    }
    ticks.accept(
        new Tick(executions, book.bestBid().orElse(0L), book.bestAsk().orElse(0L), book.resting()));
    arrival.answer().complete(executions);
  }

  @Override
  public void close() {
    running = false;
    thread.interrupt();
  }
}
