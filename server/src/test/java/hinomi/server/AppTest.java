package hinomi.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// What answers where, on one machine that has just been started.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class AppTest {
  private static final Path MEMINFO = Path.of("/proc/meminfo");

  /// Every path of the main listener, with what stands for its variable parts.
  private static final List<String> INTERNAL =
      List.of(
          "/api/v1/write",
          "/api/v1/push",
          "/v1/metrics",
          "/v1/logs",
          "/v1/traces",
          "/api/v1/otlp/v1/metrics",
          "/otlp/v1/logs",
          "/loki/api/v1/push",
          "/metrics/job/batch",
          "/api/v1/query?query=up",
          "/api/v1/query_range?query=up",
          "/api/v1/series?match[]=up",
          "/api/v1/labels",
          "/api/v1/label/job/values",
          "/api/v1/metadata",
          "/api/v1/rules",
          "/api/v1/alerts",
          "/api/v1/format_query?query=up",
          "/api/v1/query_exemplars?query=up",
          "/api/v1/status/buildinfo",
          "/loki/api/v1/query",
          "/loki/api/v1/query_range",
          "/loki/api/v1/labels",
          "/loki/api/v1/label/job/values",
          "/loki/api/v1/series",
          "/loki/api/v1/index/stats",
          "/api/hinomi/v1/logs",
          "/api/hinomi/v1/alerts",
          "/api/hinomi/v1/incidents",
          "/ack/token",
          "/alerts",
          "/alerts/group",
          "/alerts/group/acknowledge",
          "/incidents",
          "/logs",
          "/explore",
          "/console/console.css",
          "/metrics",
          "/healthz",
          "/readyz");

  private Running app;

  @BeforeAll
  void start(@TempDir Path top) {
    app = new Running(Site.small(top).read());
  }

  @AfterAll
  void stop() {
    app.close();
  }

  @Test
  void whatNobodyHasMeasuredIsUnknownInEveryForm() {
    assertThat(app.condition("withdrawals")).isEqualTo("unknown");
    JsonNode measured = app.component("withdrawals").path("measured");
    assertThat(measured.path("up_seconds").asDouble()).isZero();
    assertThat(measured.path("down_seconds").asDouble()).isZero();
    assertThat(measured.path("uptime").isNull()).isTrue();
    assertThat(app.get(app.status() + "/badge/withdrawals.svg").body()).contains("確認できません");
  }

  @Test
  void aProbeThatSucceedsMakesItsComponentUpAndCanBeQueried() {
    Eventually.seen("up by measurement", () -> app.condition("collection").equals("up"));
    Eventually.seen(
        "the probe's series",
        () -> app.value("probe_success{probe=\"otlp\"}").equals(Optional.of(1.0)));
  }

  @Test
  void aLineIsFoundByAJapaneseWordRightAfterItsAcknowledgement() {
    assertThat(app.log("matching", "板の照合が停止しました").status()).isEqualTo(204);
    assertThat(app.lines("{job=\"matching\"} |= `照合`")).containsExactly("板の照合が停止しました");
    JsonNode found =
        app.get(app.web() + "/api/hinomi/v1/logs?q=" + Running.encoded("照合")).json().path("lines");
    assertThat(found).hasSize(1);
    assertThat(found.at("/0/stream/job").asText()).isEqualTo("matching");
  }

  @Test
  void aSampleIsAnsweredRightAfterItsAcknowledgement() {
    assertThat(app.write("balance_jpy", 1234.5).status()).isEqualTo(204);
    assertThat(app.value("balance_jpy")).contains(1234.5);
  }

  @Test
  void theLocalAgentTellsOfThisHostWithNodeExportersNames() throws IOException {
    assumeThat(MEMINFO).isReadable();
    String host = "{job=\"node\",instance=\"tower\"}";
    double total = Eventually.found("memory", () -> app.value("node_memory_MemTotal_bytes" + host));
    assertThat(total).isCloseTo(memTotal(), Percentage.withPercentage(10));
    assertThat(app.value("count(count by (cpu) (node_cpu_seconds_total" + host + "))"))
        .hasValueSatisfying(processors -> assertThat(processors).isPositive());
  }

  private static double memTotal() throws IOException {
    String line =
        Files.readAllLines(MEMINFO).stream()
            .filter(text -> text.startsWith("MemTotal:"))
            .findFirst()
            .orElseThrow();
    return Double.parseDouble(line.replaceAll("\\D", "")) * 1024;
  }

  @Test
  void itTellsOfItselfForPeopleAndForItsOwnRules() {
    assertThat(app.get(app.web() + "/healthz")).isEqualTo(new Running.Answer(200, "ok\n"));
    assertThat(app.get(app.web() + "/readyz")).isEqualTo(new Running.Answer(200, "ready\n"));
    Running.Answer metrics = app.get(app.web() + "/metrics");
    assertThat(metrics.status()).isEqualTo(200);
    assertThat(metrics.body()).contains("jvm_memory_used_bytes", "hinomi_web_inside");
    assertThat(
            app.get(app.web() + "/api/v1/status/buildinfo").json().at("/data/application").asText())
        .isEqualTo("Hinomi");
  }

  @Test
  void whatIsNotThereIs404AndAWrongMethodIs405() {
    assertThat(app.get(app.web() + "/nothing/here").status()).isEqualTo(404);
    assertThat(app.get(app.otlp() + "/api/v1/query?query=up").status()).isEqualTo(404);
    assertThat(app.get(app.web() + "/api/v1/write"))
        .isEqualTo(new Running.Answer(405, "only POST here\n"));
  }

  @Test
  void nothingInternalCanBeReachedFromThePublicListener() {
    for (String path : INTERNAL) {
      String known = path.replaceFirst("\\?.*", "");
      assertThat(app.send("OPTIONS", app.web() + known, new byte[0]).status())
          .as("the main listener knows " + known)
          .isIn(204, 405);
      String brackets = path.replace("[", "%5B").replace("]", "%5D");
      assertThat(app.get(app.status() + brackets).status()).as("GET " + path).isEqualTo(404);
      for (String method : List.of("POST", "PUT", "DELETE")) {
        assertThat(app.send(method, app.status() + brackets, new byte[0]).status())
            .as(method + " " + path)
            .isIn(404, 405);
      }
    }
  }

  @Test
  void theReadyFileTellsAllAddresses(@TempDir Path top) throws IOException {
    Path file = top.resolve("ready.json");
    new Ready(new App.Addresses(app.web(), app.status(), app.otlp())).write(file);
    JsonNode ready = new Running.Answer(200, Files.readString(file)).json();
    assertThat(Map.of("web", ready.path("web").asText(), "status", ready.path("status").asText()))
        .isEqualTo(Map.of("web", app.web(), "status", app.status()));
    assertThat(ready.path("otlp_http").asText()).isEqualTo(app.otlp());
    assertThat(ready.path("pid").asLong()).isEqualTo(ProcessHandle.current().pid());
  }
}
