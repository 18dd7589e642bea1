package hinomi.syntheticprobes;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import hinomi.model.ProbeResult;
import hinomi.model.SystemTime;
import hinomi.model.Unavailable;
import hinomi.settings.Mistakes;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The whole path, fired by the real Quartz.
final class ProbesTest {
  @TempDir Path folder;

  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

  @Test
  void probesFireAgainAndAgainAndTellWhenTheirTargetBreaks() throws Exception {
    AtomicInteger status = new AtomicInteger(200);
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(status.get(), -1);
          exchange.close();
        });
    server.start();
    BlockingQueue<ProbeResult> results = new LinkedBlockingQueue<>();
    AtomicInteger refusals = new AtomicInteger(1);
    ProbesConfig config =
        config(
            "probes: [{id: web, component: website, every: 1s, http: {url: \"${web.url}/\"}}]",
            "http://127.0.0.1:" + server.getAddress().getPort());
    ResultSink sink =
        result -> {
          if (refusals.getAndDecrement() > 0) {
            throw new Unavailable("not yet");
          }
          results.add(result);
        };
    try (SystemTime time = new SystemTime();
        Probes _ = Probes.start(config, sink, time, registry)) {
      ProbeResult first = next(results);
      assertThat(first.success()).isTrue();
      assertThat(first.probe()).isEqualTo("web");
      assertThat(first.component()).isEqualTo("website");
      assertThat(first.period()).isEqualTo(Duration.ofSeconds(1));
      ProbeResult second = next(results);
      assertThat(Duration.between(first.at(), second.at()))
          .isBetween(Duration.ofMillis(500), Duration.ofSeconds(5));
      status.set(503);
      ProbeResult result = next(results);
      while (result.success()) {
        result = next(results);
      }
      assertThat(result.detail()).isEqualTo("status 503, expected 200-299");
      assertThat(registry.get("hinomi.probes.lost").counter().count()).isEqualTo(1);
    } finally {
      server.stop(0);
    }
  }

  private static ProbeResult next(BlockingQueue<ProbeResult> results) throws InterruptedException {
    @Nullable ProbeResult result = results.poll(20, TimeUnit.SECONDS);
    assertThat(result).isNotNull();
    if (result == null) {
      throw new AssertionError("no result");
    }
    return result;
  }

  private ProbesConfig config(String yaml, String web) throws Exception {
    Files.writeString(folder.resolve("p.yaml"), yaml);
    Mistakes mistakes = new Mistakes();
    ProbesConfig config =
        ProbesConfig.read(folder, mistakes, Map.of("web.url", web), Set.of("website"));
    mistakes.throwIfAny();
    return config;
  }
}
