package hinomi.exchangesimulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class ExchangeTest {
  // Nobody listens on the discard port: the exchange trades on when nobody watches it.
  private final Exchange exchange = new Exchange(0, URI.create("http://127.0.0.1:9"), 3_000);
  private final HttpClient http = HttpClient.newHttpClient();

  @AfterEach
  void close() {
    http.shutdownNow();
    exchange.close();
  }

  private HttpResponse<String> send(String method, String path, String body) throws Exception {
    return http.send(
        HttpRequest.newBuilder(URI.create(exchange.url() + path))
            .method(method, HttpRequest.BodyPublishers.ofString(body))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private BlockingQueue<String> tickers() {
    BlockingQueue<String> messages = new LinkedBlockingQueue<>();
    http.newWebSocketBuilder()
        .buildAsync(
            URI.create(exchange.url().replace("http", "ws") + "/ws/market-data"),
            new WebSocket.Listener() {
              @Override
              public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
                messages.add(data.toString());
                socket.request(1);
                return WebSocket.Listener.super.onText(socket, data, last);
              }
            })
        .join();
    return messages;
  }

  @Test
  void ordersTradeAndTheTickerSaysSo() throws Exception {
    HttpResponse<String> sell =
        send("POST", "/api/v1/orders", "{\"side\":\"sell\",\"price\":1,\"quantity\":1}");
    assertThat(sell.statusCode()).isEqualTo(200);
    assertThat(send("POST", "/api/v1/orders", "{\"side\":\"up\"}").statusCode()).isEqualTo(400);
    assertThat(send("POST", "/api/v1/orders", "no").statusCode()).isEqualTo(400);
    BlockingQueue<String> tickers = tickers();
    String first = tickers.poll(10, TimeUnit.SECONDS);
    assertThat(first).contains("ticker_btc_jpy");
    long before = exchange.executions();
    for (int i = 0; i < 20; i++) {
      assertThat(tickers.poll(10, TimeUnit.SECONDS)).isNotNull();
    }
    assertThat(exchange.executions()).isGreaterThan(before);
  }

  @Test
  void whatIsBrokenOverHttpIsBroken() throws Exception {
    assertThat(send("POST", "/faults/stopped-matching", "").body()).contains("stopped-matching");
    HttpResponse<String> stuck =
        send("POST", "/api/v1/orders", "{\"side\":\"sell\",\"price\":1,\"quantity\":1}");
    assertThat(stuck.statusCode()).isEqualTo(503);
    send("DELETE", "/faults/stopped-matching", "");
    assertThat(send("GET", "/faults", "").body()).isEqualTo("{\"on\":\"\"}");
    HttpResponse<String> again =
        send("POST", "/api/v1/orders", "{\"side\":\"sell\",\"price\":1,\"quantity\":1}");
    assertThat(again.statusCode()).isEqualTo(200);
    assertThat(send("POST", "/faults/nothing", "").statusCode()).isEqualTo(404);
  }
}
