package hinomi.alertengine;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A receiver that answers with 500 for twenty minutes, while we are restarted, too
/// (alertmanager#4108, #3865: then all who had tried told it). What was tried is told once, and
/// what is over by then is not told as if it were not.
final class FailingReceiverTest {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final World world = new World();
  private final List<String> taken = new CopyOnWriteArrayList<>();
  private HttpServer receiver;
  private volatile boolean fails = true;
  private final AtomicInteger tries = new AtomicInteger();

  @BeforeEach
  void start() throws IOException {
    receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 16);
    receiver.createContext("/", this::take);
    receiver.start();
    world.rules(
        """
        groups: [{name: g, interval: 10s, rules: [{alert: Down, expr: up < 1}]}]
        """);
    world.onCall(
        "{people: [{id: a, mail: a@x.example}], ladders: [{id: default, steps: [{notify: [{person:"
            + " a}]}]}]}");
    Files.writeString(
        world.folder.resolve("alertmanager.yml"),
        """
        route: {receiver: all, group_wait: 0s, group_interval: 1m, repeat_interval: 12h}
        receivers: [{name: all, webhook_configs: [{url: 'http://127.0.0.1:%d/'}]}]
        """
            .formatted(receiver.getAddress().getPort()));
  }

  @AfterEach
  void stop() {
    world.close();
    receiver.stop(0);
  }

  private void take(HttpExchange exchange) throws IOException {
    try (exchange) {
      JsonNode body = JSON.readTree(exchange.getRequestBody().readAllBytes());
      int _ = tries.incrementAndGet();
      if (!fails) {
        taken.add(body.path("status").asText());
      }
      exchange.sendResponseHeaders(fails ? 500 : 200, -1);
    }
  }

  private void failForTwentyMinutes() {
    AlertEngine _ = world.start();
    world.goTo(Duration.ofMinutes(5));
    world.stop();
    AlertEngine _ = world.start();
    world.goTo(Duration.ofMinutes(20));
    assertThat(tries).hasValueGreaterThan(3);
    assertThat(taken).isEmpty();
    fails = false;
  }

  @Test
  void what_still_fires_is_told_once() {
    world.figures().write("up", Duration.ofMinutes(1), List.of("i=a 1 0"));
    failForTwentyMinutes();
    world.goTo(Duration.ofHours(2));
    assertThat(taken).containsExactly("firing");
  }

  @Test
  void what_is_over_is_not_told_as_if_it_fired() {
    world.figures().write("up", Duration.ofMinutes(1), List.of("i=a 1 0 0 0 0 0 0 0 1"));
    failForTwentyMinutes();
    world.goTo(Duration.ofHours(2));
    assertThat(taken).hasSizeLessThanOrEqualTo(1).doesNotContain("firing");
  }

  @Test
  void what_began_meanwhile_is_told_with_it() {
    world.figures().write("up", Duration.ofMinutes(1), List.of("i=a 1 0", "i=b 1 1 1 1 1 1 0"));
    failForTwentyMinutes();
    world.goTo(Duration.ofHours(2));
    assertThat(taken).isNotEmpty().allMatch("firing"::equals).hasSizeLessThanOrEqualTo(2);
  }
}
