package hinomi.alertengine;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/// A webhook's other side: answers with the statuses it was given, then 200, and keeps what came.
public final class Peer implements AutoCloseable {
  private final HttpServer server;
  private final Deque<Integer> statuses = new ArrayDeque<>();
  private final List<Got> got = new ArrayList<>();

  /// One request.
  public record Got(String key, Optional<String> signature, String body) {}

  public Peer(Integer... statuses) throws IOException {
    this.statuses.addAll(List.of(statuses));
    this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          String body =
              new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
          int status;
          synchronized (this) {
            got.add(
                new Got(
                    String.valueOf(exchange.getRequestHeaders().getFirst("Idempotency-Key")),
                    Optional.ofNullable(
                        exchange.getRequestHeaders().getFirst("X-Hinomi-Signature")),
                    body));
            Integer next = this.statuses.poll();
            status = next == null ? 200 : next;
          }
          exchange.sendResponseHeaders(status, -1);
          exchange.close();
        });
    server.start();
  }

  public String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/hook";
  }

  public synchronized List<Got> got() {
    return List.copyOf(got);
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
