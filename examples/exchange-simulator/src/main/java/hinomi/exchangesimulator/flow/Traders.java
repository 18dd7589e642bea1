package hinomi.exchangesimulator.flow;

import hinomi.exchangesimulator.book.Order.Side;
import hinomi.exchangesimulator.gateway.Gateway;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/// The order flow: every 10 ms a burst of orders around a wandering price, each sent through the
/// gateway on a virtual thread of its own. Half of them quote, half take.
public final class Traders implements AutoCloseable {
  private static final long BURST_MILLIS = 10;
  private static final long START_PRICE = 15_000_000;

  private final Gateway gateway;
  private final int perSecond;
  private final Random random = new Random(1);
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("traders").daemon().factory());
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private long price = START_PRICE; // of the timer's thread
  private double owed; // orders that a burst was too short for; of the timer's thread

  /// @param perSecond orders a second; about half of them execute against a resting one
  public Traders(Gateway gateway, int perSecond) {
    this.gateway = gateway;
    this.perSecond = perSecond;
    var _ =
        timer.scheduleAtFixedRate(this::burst, BURST_MILLIS, BURST_MILLIS, TimeUnit.MILLISECONDS);
  }

  private void burst() {
    price = Math.max(1_000_000, price + random.nextInt(-200, 201));
    owed += perSecond * BURST_MILLIS / 1000.0;
    try {
      while (owed >= 1) {
        owed--;
        send();
      }
    } catch (RejectedExecutionException e) {
      owed = 0; // closing
    }
  }

  private void send() {
    boolean quotes = random.nextBoolean();
    Side side = random.nextBoolean() ? Side.BUY : Side.SELL;
    long away = random.nextInt(1, 500);
    boolean upwards = quotes == (side == Side.SELL);
    long limit = quotes ? price + (upwards ? away : -away) : price + (upwards ? 5_000 : -5_000);
    long quantity = random.nextInt(1, 50);
    threads.execute(() -> {
      Gateway.Outcome _ = gateway.submit(side, takes(quotes, side, limit), quantity, quotes);
    });
  }

  /// A taker accepts a price well through the market; a quote stays on its own side.
  private static long takes(boolean quotes, Side side, long limit) {
    return quotes ? limit : side == Side.BUY ? limit + 10_000 : Math.max(1, limit - 10_000);
  }

  @Override
  public void close() {
    timer.shutdownNow();
    threads.shutdownNow();
  }
}
