package hinomi.exchangesimulator.gateway;

import hinomi.exchangesimulator.Faults;
import hinomi.exchangesimulator.Faults.Fault;
import hinomi.exchangesimulator.book.Order.Side;
import hinomi.exchangesimulator.market.MarketData;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The exchange over HTTP: orders, ticker, the market-data WebSocket, and the switches that break
/// it.
///
/// | path | does |
/// |---|---|
/// | `POST /api/v1/orders` | `{"side":"buy","type":"limit","price":15000000,"quantity":10}`; type `ioc` does not rest |
/// | `GET /api/v1/ticker` | best bid and offer, last price, trades so far |
/// | `GET /ws/market-data` | WebSocket, a ticker message every 100 ms |
/// | `GET /healthz` | 200 while the process answers |
/// | `GET /faults`, `POST /faults/{id}`, `DELETE /faults/{id}` | what is broken; break it; mend it |
public final class TradingApi implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(TradingApi.class);
  private static final int MAX_BODY = 4_096;

  private final Vertx vertx = Vertx.vertx();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Gateway gateway;
  private final MarketData market;
  private final Faults faults;
  private final Consumer<Fault> switched;
  private final HttpServer server;

  /// Answers of the HTTP API: a status and a JSON body.
  private record Answer(int status, JsonObject body) {}

  /// @param port 0 means any free one
  /// @param switched told when a fault went on or off
  public TradingApi(
      int port, Gateway gateway, MarketData market, Faults faults, Consumer<Fault> switched) {
    this.gateway = gateway;
    this.market = market;
    this.faults = faults;
    this.switched = switched;
    this.server =
        vertx
            .createHttpServer()
            .requestHandler(this::receive)
            .webSocketHandler(this::stream)
            .listen(port, "127.0.0.1")
            .await();
  }

  public int port() {
    return server.actualPort();
  }

  private void receive(HttpServerRequest in) {
    in.body()
        .onSuccess(body ->
            threads.execute(() -> {
              Answer answer = answer(in.method(), Objects.requireNonNullElse(in.path(), "/"), body);
              in.response()
                  .setStatusCode(answer.status())
                  .putHeader("Content-Type", "application/json; charset=utf-8")
                  .end(answer.body().toBuffer());
            }));
  }

  private Answer answer(HttpMethod method, String path, Buffer body) {
    if (method.equals(HttpMethod.POST) && path.equals("/api/v1/orders")) {
      return order(body);
    }
    if (path.startsWith("/faults/")) {
      return fault(method, path.substring("/faults/".length()));
    }
    return switch (path) {
      case "/api/v1/ticker" -> new Answer(200, JsonObject.mapFrom(market.quote()));
      case "/healthz" -> new Answer(200, new JsonObject().put("status", "ok"));
      case "/faults" -> new Answer(200, new JsonObject().put("on", on()));
      default -> error(404, "there is nothing at " + path);
    };
  }

  private Answer order(Buffer body) {
    if (body.length() > MAX_BODY) {
      return error(413, "an order is at most " + MAX_BODY + " bytes");
    }
    try {
      JsonObject order = new JsonObject(body);
      Side side = Side.valueOf(order.getString("side", "").toUpperCase(java.util.Locale.ROOT));
      boolean rests = order.getString("type", "limit").equals("limit");
      long price = order.getLong("price", 0L);
      long quantity = order.getLong("quantity", 0L);
      if (price <= 0 || quantity <= 0) {
        return error(400, "price and quantity must be over 0");
      }
      return switch (gateway.submit(side, price, quantity, rests)) {
        case Gateway.Outcome.Accepted accepted ->
            new Answer(
                200,
                new JsonObject()
                    .put("id", accepted.id())
                    .put("executions", accepted.executions().size()));
        case Gateway.Outcome.Rejected rejected ->
            new Answer(
                503,
                new JsonObject().put("reason", rejected.reason()).put("error", rejected.text()));
      };
    } catch (DecodeException | IllegalArgumentException | ClassCastException e) {
      return error(400, "not an order: " + e.getMessage());
    }
  }

  private Answer fault(HttpMethod method, String id) {
    Optional<Fault> fault = Fault.of(id);
    if (fault.isEmpty()) {
      return error(404, "no fault is called " + id);
    }
    boolean broken = method.equals(HttpMethod.POST);
    if (!broken && !method.equals(HttpMethod.DELETE)) {
      return error(405, "POST breaks, DELETE mends");
    }
    if (faults.set(fault.get(), broken)) {
      log.atWarn().addKeyValue("fault", id).addKeyValue("on", broken).log("障害スイッチが切り替わりました");
      switched.accept(fault.get());
    }
    return new Answer(200, new JsonObject().put("on", on()));
  }

  private String on() {
    return String.join(",", faults.all().stream().map(Fault::id).sorted().toList());
  }

  private static Answer error(int status, String text) {
    return new Answer(status, new JsonObject().put("error", text));
  }

  private void stream(ServerWebSocket socket) {
    if (!socket.path().equals("/ws/market-data")) {
      socket.close((short) 1008, "only /ws/market-data");
      return;
    }
    Consumer<Map<String, Object>> listener =
        message -> {
          // A reader that does not keep up misses tickers: only the newest one matters.
          if (!socket.writeQueueFull()) {
            socket.writeTextMessage(new JsonObject(message).encode());
          }
        };
    market.subscribe(listener);
    socket.closeHandler(_ -> market.unsubscribe(listener));
  }

  @Override
  public void close() {
    threads.shutdown();
    vertx.close().await();
  }
}
