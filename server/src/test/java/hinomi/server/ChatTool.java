package hinomi.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/// The operator's chat tool: takes webhooks and remembers them in the order in which they came.
final class ChatTool implements AutoCloseable {
  private final List<JsonNode> told = new CopyOnWriteArrayList<>();
  private final HttpServer server;

  ChatTool() {
    try {
      this.server =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 10);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext(
        "/",
        exchange -> {
          told.add(JsonMapper.builder().build().readTree(exchange.getRequestBody()));
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    server.start();
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/hook";
  }

  /// Everything that was told of an alert.
  List<JsonNode> about(String alert) {
    return told.stream()
        .filter(message -> message.at("/groupLabels/alertname").asText().equals(alert))
        .toList();
  }

  /// The first message that told this state of an alert.
  Optional<JsonNode> first(String alert, String state) {
    return about(alert).stream()
        .filter(message -> message.path("status").asText().equals(state))
        .findFirst();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
