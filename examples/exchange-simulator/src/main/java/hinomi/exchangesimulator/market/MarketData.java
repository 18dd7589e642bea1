package hinomi.exchangesimulator.market;

import hinomi.exchangesimulator.Faults;
import hinomi.exchangesimulator.Faults.Fault;
import hinomi.exchangesimulator.book.Execution;
import hinomi.exchangesimulator.book.MatchingEngine.Tick;
import java.time.Clock;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/// The newest state of the market, and who wants to hear of it. Ticks come from the matching
/// engine's thread; [#publish] is called by a timer.
public final class MarketData {
  private final Faults faults;
  private final Clock clock;
  private final Set<Consumer<Map<String, Object>>> listeners = ConcurrentHashMap.newKeySet();
  private final AtomicLong executions = new AtomicLong();
  private volatile Quote live = new Quote(0, 0, 0, 0, 0, 0);
  private volatile Quote shown = live;

  /// A quote.
  ///
  /// @param bid best bid in yen, 0 when there is none
  /// @param ask best offer in yen, 0 when there is none
  /// @param last price of the last trade in yen
  /// @param executions trades so far
  /// @param resting orders in the book
  /// @param time epoch milliseconds of what is quoted
  public record Quote(long bid, long ask, long last, long executions, long resting, long time) {}

  public MarketData(Faults faults, Clock clock) {
    this.faults = faults;
    this.clock = clock;
  }

  /// Takes what an order did.
  public void tick(Tick tick) {
    long last = live.last();
    for (Execution execution : tick.executions()) {
      last = execution.price();
    }
    long total = executions.addAndGet(tick.executions().size());
    live = new Quote(tick.bid(), tick.ask(), last, total, tick.resting(), clock.millis());
  }

  /// What subscribers are told at the moment: with the fault on, an old quote.
  public Quote quote() {
    return shown;
  }

  /// Seconds between the quote shown and now.
  public double ageSeconds() {
    Quote quote = shown;
    return quote.time() == 0 ? 0 : (clock.millis() - quote.time()) / 1000.0;
  }

  public long executions() {
    return executions.get();
  }

  public void subscribe(Consumer<Map<String, Object>> listener) {
    listeners.add(listener);
  }

  public void unsubscribe(Consumer<Map<String, Object>> listener) {
    listeners.remove(listener);
  }

  public int subscribers() {
    return listeners.size();
  }

  /// Shows the live quote, unless the fault is on, and tells everybody.
  public void publish() {
    if (!faults.has(Fault.STALE_MARKET_DATA)) {
      shown = live;
    }
    Quote quote = shown;
    Map<String, Object> message =
        Map.of(
            "channel", "ticker_btc_jpy",
            "bid", quote.bid(),
            "ask", quote.ask(),
            "last", quote.last(),
            "executions", quote.executions(),
            "timestamp", quote.time());
    listeners.forEach(listener -> listener.accept(message));
  }
}
