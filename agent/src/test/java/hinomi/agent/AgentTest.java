package hinomi.agent;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import hinomi.agent.tail.LogSource;
import hinomi.model.Labels;
import hinomi.model.LogRecord;
import hinomi.model.Sample;
import hinomi.model.SystemTime;
import hinomi.wire.OtlpAnswers;
import hinomi.wire.OtlpFormat;
import hinomi.wire.OtlpLogs;
import hinomi.wire.RemoteWrite;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xerial.snappy.Snappy;

/// The whole agent against a server that is not always well.
final class AgentTest {
  @TempDir Path folder;

  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final BlockingQueue<List<Sample>> writes = new LinkedBlockingQueue<>();
  private final BlockingQueue<List<LogRecord>> logs = new LinkedBlockingQueue<>();
  private final AtomicInteger failures = new AtomicInteger();
  private final AtomicInteger rejected = new AtomicInteger();
  private final SystemTime time = new SystemTime();
  private HttpServer server;
  private int port;

  @BeforeEach
  void start() throws IOException {
    listen(0);
    port = server.getAddress().getPort();
  }

  private void listen(int at) throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), at), 0);
    server.createContext("/api/v1/write", this::write);
    server.createContext("/v1/logs", this::logs);
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
    time.close();
  }

  private void write(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readAllBytes();
    if (refused(exchange)) {
      return;
    }
    assertThat(exchange.getRequestHeaders().getFirst("Content-Encoding")).isEqualTo("snappy");
    writes.add(RemoteWrite.decode(Snappy.uncompress(body)).samples());
    exchange.sendResponseHeaders(204, -1);
    exchange.close();
  }

  private void logs(HttpExchange exchange) throws IOException {
    byte[] body =
        new GZIPInputStream(new ByteArrayInputStream(exchange.getRequestBody().readAllBytes()))
            .readAllBytes();
    if (refused(exchange)) {
      return;
    }
    logs.add(OtlpLogs.decode(OtlpFormat.PROTOBUF, body, Instant.EPOCH).records());
    byte[] answer =
        rejected.get() == 0
            ? new byte[0]
            : OtlpAnswers.partial(
                OtlpFormat.PROTOBUF, OtlpAnswers.Signal.LOGS, rejected.get(), "too old");
    exchange.getResponseHeaders().set("Content-Type", "application/x-protobuf");
    exchange.sendResponseHeaders(200, answer.length == 0 ? -1 : answer.length);
    exchange.getResponseBody().write(answer);
    exchange.close();
  }

  private boolean refused(HttpExchange exchange) throws IOException {
    if (failures.getAndDecrement() <= 0) {
      return false;
    }
    exchange.getResponseHeaders().set("Retry-After", "0");
    exchange.sendResponseHeaders(503, -1);
    exchange.close();
    return true;
  }

  private AgentConfig config() {
    LogSource source =
        new LogSource(
            List.of(folder + "/*.log"),
            Labels.of("job", "logs", "instance", "h1", "team", "trading"),
            StandardCharsets.UTF_8,
            Optional.empty(),
            LogSource.ReadFrom.BEGINNING);
    return new AgentConfig(
        URI.create("http://127.0.0.1:" + port),
        "h1",
        Duration.ofSeconds(1),
        folder.resolve("agent"),
        64 << 20,
        List.of(),
        List.of(source));
  }

  private static <T> T next(BlockingQueue<T> queue) throws InterruptedException {
    @Nullable T next = queue.poll(30, TimeUnit.SECONDS);
    if (next == null) {
      throw new AssertionError("nothing arrived");
    }
    return next;
  }

  private Path append(String text) throws IOException {
    return Files.writeString(
        folder.resolve("app.log"), text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  private double dropped() {
    return registry.find("hinomi.agent.dropped").counters().stream()
        .mapToDouble(counter -> counter.count())
        .sum();
  }

  @Test
  void metricsAndLinesArriveThoughTheServerIsNotWellAtFirst() throws Exception {
    failures.set(5);
    Path file = append("注文 accepted\n");
    try (Agent _ = Agent.start(config(), time, registry)) {
      List<Sample> samples = next(writes);
      assertThat(samples.stream().map(Sample::labels))
          .contains(Labels.of(Labels.NAME, "up", "job", "node", "instance", "h1"))
          .anyMatch(labels -> labels.metric().equals("hinomi_agent_spool_bytes"));
      assertThat(next(logs))
          .singleElement()
          .satisfies(line -> {
            assertThat(line.line()).isEqualTo("注文 accepted");
            assertThat(line.stream())
                .isEqualTo(
                    Labels.of(
                        "job",
                        "logs",
                        "instance",
                        "h1",
                        "team",
                        "trading",
                        "filename",
                        file.toString()));
          });
      assertThat(dropped()).isZero();
    }
  }

  @Test
  void whatTheServerRefusesForGoodIsCountedAndHoldsNothingUp() throws Exception {
    rejected.set(1);
    append("old\nnew\n");
    try (Agent _ = Agent.start(config(), time, registry)) {
      assertThat(next(logs)).hasSize(2);
      append("next\n");
      assertThat(next(logs).getFirst().line()).isEqualTo("next");
      assertThat(dropped()).isGreaterThanOrEqualTo(1);
    }
  }

  @Test
  void whatWasReadWhileTheServerWasAwayArrivesAfterTheNextStart() throws Exception {
    server.stop(0);
    append("while away\n");
    try (Agent _ = Agent.start(config(), time, registry)) {
      // Read, and in the spool: then the first lines are counted.
      assertThat(becomes("hinomi.agent.tail.lines", 1)).isTrue();
    }
    listen(port);
    Files.delete(folder.resolve("app.log"));
    try (Agent _ = Agent.start(config(), time, new SimpleMeterRegistry())) {
      assertThat(next(logs).getFirst().line()).isEqualTo("while away");
      assertThat(next(writes)).isNotEmpty();
    }
  }

  private boolean becomes(String counter, double value) throws InterruptedException {
    BlockingQueue<Boolean> reached = new LinkedBlockingQueue<>();
    try (hinomi.model.Cancel _ =
        time.every(
            Duration.ofMillis(20),
            "look",
            () -> {
              if (registry.get(counter).counter().count() >= value) {
                reached.add(true);
              }
            })) {
      return next(reached);
    }
  }
}
