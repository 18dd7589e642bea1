package hinomi.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// An unmodified Prometheus and an unmodified amtool take us for an Alertmanager. Skipped where
/// they are not installed.
final class AlertmanagerToolsTest {
  @TempDir Path top;
  private ChatTool chat;
  private Running app;

  @BeforeEach
  void start() {
    chat = new ChatTool();
    app = new Running(Site.small(top).read("delivery.webhook.url", chat.url()));
  }

  @AfterEach
  void stop() {
    app.close();
    chat.close();
  }

  private static Tool tool(String name) {
    Optional<Tool> tool = Tool.named(name);
    assumeTrue(tool.isPresent(), name + " is not installed");
    return tool.orElseThrow();
  }

  private String amtool(String... arguments) {
    List<String> all = new ArrayList<>();
    all.add("--alertmanager.url=" + app.web());
    all.add("--no-version-check"); // it warns of every version but its own
    all.addAll(List.of(arguments));
    Tool.Said said = tool("amtool").run(all.toArray(String[]::new));
    assertThat(said.code()).as(said.text()).isZero();
    return said.text();
  }

  private JsonNode alerts() {
    return app.get(app.web() + "/api/v2/alerts").json();
  }

  @Test
  void aPrometheusSendsItsAlertsAndPeopleAndThePublicHearOfThem() throws IOException {
    Tool prometheus = tool("prometheus");
    Path rules = Files.writeString(top.resolve("rules.yml"), rules("vector(1)"));
    Path config =
        Files.writeString(
            top.resolve("prometheus.yml"),
            """
            global: {evaluation_interval: 1s}
            rule_files: ["%s"]
            alerting:
              alertmanagers:
                - static_configs: [{targets: ["%s"]}]
            """
                .formatted(rules, app.web().replaceFirst("https?://", "")));
    String listen = "127.0.0.1:" + freePort();
    Path log = top.resolve("prometheus.log");
    try (Tool.Started _ =
        prometheus.start(
            log,
            "--config.file=" + config,
            "--storage.tsdb.path=" + top.resolve("tsdb"),
            "--web.listen-address=" + listen,
            "--web.enable-lifecycle",
            "--rules.alert.resend-delay=1s")) {
      JsonNode page = Eventually.found("a page", () -> chat.first("TheirsSlow", "firing"));
      assertThat(page.at("/alerts/0/annotations/summary").asText()).isEqualTo("slow, they say");
      assertThat(page.at("/alerts/0/generatorURL").asText()).contains("/graph?g0.expr=vector");
      Eventually.seen("an incident", () -> !app.incidents().isEmpty());
      assertThat(alerts()).hasSize(1);
      assertThat(alerts().at("/0/status/state").asText()).isEqualTo("active");

      Files.writeString(rules, rules("vector(1) > 2"));
      assertThat(app.post("http://" + listen + "/-/reload", "text/plain", "").status())
          .isEqualTo(200);
      Eventually.seen("the all-clear", () -> chat.first("TheirsSlow", "resolved").isPresent());
      assertThat(chat.about("TheirsSlow")).hasSize(2);
      assertThat(alerts()).isEmpty();
      assertThat(
              app.get(app.web() + "/api/hinomi/v1/external-alerts").json().at("/alerts/0/reason"))
          .hasToString("\"by_sender\"");
    }
    assertThat(Files.readString(log)).doesNotContain("Error sending alert");
  }

  private static String rules(String expression) {
    return """
    groups:
      - name: theirs
        rules:
          - alert: TheirsSlow
            expr: %s
            labels: {severity: page, component: order-entry}
            annotations: {summary: "slow, they say"}
    """
        .formatted(expression);
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  @Test
  void amtoolListsAddsSilencesAndExpires() {
    amtool("alert", "add", "alertname=Trial", "severity=notice", "--annotation=summary=a trial");
    assertThat(amtool("alert", "query")).contains("Trial", "a trial", "active");
    assertThat(amtool("-o", "json", "alert", "query", "alertname=Trial")).contains("\"Trial\"");
    assertThat(amtool("alert", "query", "alertname=Else")).doesNotContain("Trial");

    String id =
        amtool("silence", "add", "--author=sato", "--comment=we try", "-d", "2h", "alertname=Trial")
            .strip();
    assertThat(amtool("silence", "query")).contains(id, "alertname=\"Trial\"", "sato", "we try");
    assertThat(alerts().at("/0/status/silencedBy/0").asText()).isEqualTo(id);
    assertThat(amtool("alert", "query")).doesNotContain("Trial");
    assertThat(amtool("alert", "query", "--silenced")).contains("Trial", "suppressed");

    assertThat(amtool("silence", "update", "--duration=3h", id)).contains(id);
    assertThat(amtool("silence", "query", "-q").strip()).isEqualTo(id);
    assertThat(amtool("silence", "expire", id)).doesNotContain("rror");
    assertThat(amtool("silence", "query", "-q").strip()).isEmpty();
    assertThat(amtool("silence", "query", "--expired", "-q").strip()).isEqualTo(id);
    assertThat(alerts().at("/0/status/state").asText()).isEqualTo("active");
  }

  @Test
  void amtoolIsToldWhyASilenceIsRefused() {
    Tool.Said said =
        tool("amtool")
            .run(
                "--alertmanager.url=" + app.web(),
                "silence",
                "add",
                "--author=sato",
                "--comment=for ever",
                "-d",
                "1y",
                "alertname=Trial");
    assertThat(said.code()).isNotZero();
    assertThat(said.text()).contains("the longest is 30d");
  }

  @Test
  void amtoolReadsOurRoutes() {
    assertThat(amtool("config", "routes", "show")).contains("default");
    assertThat(amtool("config", "routes", "test", "severity=page").strip()).isEqualTo("default");
    assertThat(amtool("config", "show")).contains("receiver: ");
    assertThat(amtool("cluster", "show")).contains("disabled");
  }
}
