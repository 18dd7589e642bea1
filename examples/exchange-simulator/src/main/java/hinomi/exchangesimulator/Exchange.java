package hinomi.exchangesimulator;

import hinomi.exchangesimulator.Faults.Fault;
import hinomi.exchangesimulator.book.Execution;
import hinomi.exchangesimulator.book.MatchingEngine;
import hinomi.exchangesimulator.flow.Traders;
import hinomi.exchangesimulator.gateway.Gateway;
import hinomi.exchangesimulator.gateway.TradingApi;
import hinomi.exchangesimulator.market.MarketData;
import hinomi.exchangesimulator.telemetry.Telemetry;
import java.net.URI;
import java.time.Clock;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The exchange on one page: traders → gateway → matching engine → market data; telemetry on the
/// side; faults wherever they hurt.
public final class Exchange implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Exchange.class);
  private static final Logger trades = LoggerFactory.getLogger("trades");

  private final Faults faults = new Faults();
  private final MarketData market = new MarketData(faults, Clock.systemUTC());
  private final Telemetry telemetry;
  private final MatchingEngine engine;
  private final Traders traders;
  private final TradingApi api;
  private final ScheduledExecutorService timer =
      Executors.newScheduledThreadPool(1, Thread.ofPlatform().name("market").daemon().factory());
  private long reported; // executions that the last log line covered; of the timer's thread

  /// @param port of the HTTP API, 0 for any free one
  /// @param collector base URL of where telemetry goes
  /// @param ordersPerSecond of the traders; about half of them trade
  public Exchange(int port, URI collector, int ordersPerSecond) {
    this.telemetry = new Telemetry(collector, market);
    this.engine = new MatchingEngine(this::matched);
    Gateway gateway = new Gateway(engine, faults, telemetry.gateway());
    this.api = new TradingApi(port, gateway, market, faults, this::switched);
    this.traders = new Traders(gateway, ordersPerSecond);
    var _ = timer.scheduleAtFixedRate(market::publish, 100, 100, TimeUnit.MILLISECONDS);
    var _ = timer.scheduleAtFixedRate(this::report, 1, 1, TimeUnit.SECONDS);
    log.atInfo().addKeyValue("url", url()).log("取引を開始しました");
  }

  public String url() {
    return "http://127.0.0.1:" + api.port();
  }

  public long executions() {
    return market.executions();
  }

  private void matched(MatchingEngine.Tick tick) {
    market.tick(tick);
    telemetry.engine(tick.executions().size(), tick.resting(), engine.waiting());
    for (Execution execution : tick.executions()) {
      if (execution.takerId() % 100 == 0) {
        trades
            .atInfo()
            .addKeyValue("order", execution.takerId())
            .addKeyValue("side", execution.takerSide())
            .addKeyValue("price", execution.price())
            .addKeyValue("quantity", execution.quantity())
            .log("注文が約定しました");
      }
    }
  }

  private void switched(Fault fault) {
    if (fault == Fault.STOPPED_MATCHING) {
      if (faults.has(fault)) {
        engine.stop();
      } else {
        engine.resume();
      }
    }
  }

  private void report() {
    long total = market.executions();
    log.atInfo()
        .addKeyValue("executions", total - reported)
        .addKeyValue("waiting", engine.waiting())
        .addKeyValue("last", market.quote().last())
        .log("直近1秒間の約定件数");
    reported = total;
  }

  @Override
  public void close() {
    traders.close();
    timer.shutdownNow();
    api.close();
    engine.close();
    log.atInfo().log("取引を終了しました");
    telemetry.close();
  }
}
