package hinomi.exchangesimulator.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// The chat tool of the operator: takes the webhooks that page, and notes when.
final class Pager implements AutoCloseable {
  private final HttpServer server;
  private final Timeline timeline;
  private final Clock clock;
  private final Set<String> seen = ConcurrentHashMap.newKeySet();

  Pager(Timeline timeline, Clock clock) {
    this.timeline = timeline;
    this.clock = clock;
    try {
      this.server =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext(
        "/page",
        exchange -> {
          byte[] body = exchange.getRequestBody().readAllBytes();
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
          note(JsonMapper.builder().build().readTree(body));
        });
    server.start();
  }

  private void note(JsonNode payload) {
    for (JsonNode alert : payload.path("alerts")) {
      String name = alert.path("labels").path("alertname").asText();
      String status = alert.path("status").asText();
      if (seen.add(status + " " + name)) {
        timeline.saw(
            clock.instant(),
            "webhook: "
                + name
                + " is "
                + status
                + " — "
                + alert.path("annotations").path("summary").asText());
      }
    }
  }

  /// What was told so far does not count any more.
  void forget() {
    seen.clear();
  }

  /// Whether a webhook has told of an alert in that state.
  boolean told(String status, String alertname) {
    return seen.contains(status + " " + alertname);
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/page";
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
