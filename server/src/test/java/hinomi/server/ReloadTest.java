package hinomi.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The configuration is taken up while the product runs, or stays as it was.
final class ReloadTest {
  private static final String RULES = "rules/orders.yaml";

  @TempDir Path top;
  private Site site;
  private ChatTool chat;
  private Running app;

  @BeforeEach
  void start() {
    chat = new ChatTool();
    site = Site.small(top).with(RULES, rules("order_latency_seconds > 0.5"));
    app = new Running(site.read("delivery.webhook.url", chat.url()));
  }

  @AfterEach
  void stop() {
    app.close();
    chat.close();
  }

  private static String rules(String expression) {
    return """
    groups:
      - name: orders
        interval: 1s
        rules:
          - alert: OrdersSlow
            expr: %s
            labels: {severity: page, component: order-entry}
          - alert: OrdersFew
            expr: orders < 10
            for: 1h
    """
        .formatted(expression);
  }

  private Running.Answer reload() {
    return app.post(app.web() + "/-/reload", "text/plain", "");
  }

  private JsonNode rule(int which) {
    return app.get(app.web() + "/api/v1/rules").json().at("/data/groups/0/rules/" + which);
  }

  private JsonNode runtime() {
    return app.get(app.web() + "/api/v1/status/runtimeinfo").json().path("data");
  }

  private String ownMetric(String name) {
    return app.get(app.web() + "/metrics")
        .body()
        .lines()
        .filter(line -> line.startsWith(name + " "))
        .findFirst()
        .orElse("");
  }

  @Test
  void whatFiresAndWhatWaitsGoesOnOverAReload() {
    assertThat(app.write("order_latency_seconds", 0.9).status()).isLessThan(300);
    assertThat(app.write("orders", 3).status()).isLessThan(300);
    JsonNode page = Eventually.found("a page", () -> chat.first("OrdersSlow", "firing"));
    Eventually.seen("a pending alert", () -> rule(1).path("state").asText().equals("pending"));
    String firing = rule(0).at("/alerts/0/activeAt").asText();
    String pending = rule(1).at("/alerts/0/activeAt").asText();
    String before = runtime().path("lastConfigTime").asText();

    site.with(RULES, rules("order_latency_seconds > 0.4"));
    Running.Answer answer = reload();
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    assertThat(answer.body()).startsWith("configuration reloaded: 2 rules").hasLineCount(1);
    assertThat(rule(0).path("query").asText()).isEqualTo("order_latency_seconds > 0.4");
    assertThat(rule(0).path("health").asText()).isEqualTo("ok");
    assertThat(rule(0).at("/alerts/0/state").asText()).isEqualTo("firing");
    assertThat(rule(0).at("/alerts/0/activeAt").asText()).isEqualTo(firing);
    assertThat(rule(1).at("/alerts/0/state").asText()).isEqualTo("pending");
    assertThat(rule(1).at("/alerts/0/activeAt").asText()).isEqualTo(pending);
    assertThat(runtime().path("lastConfigTime").asText()).isGreaterThan(before);
    assertThat(ownMetric("hinomi_config_last_reload_successful")).endsWith(" 1.0");

    assertThat(app.write("order_latency_seconds", 0.1).status()).isLessThan(300);
    JsonNode over = Eventually.found("the end", () -> chat.first("OrdersSlow", "resolved"));
    assertThat(over.path("groupKey")).isEqualTo(page.path("groupKey"));
    assertThat(chat.about("OrdersSlow")).hasSize(2);
  }

  @Test
  void withAMistakeTheOldConfigurationStaysInForceAndSaysSo() {
    site.with(RULES, rules("order_latency_seconds >> 0.4"));
    Running.Answer answer = reload();
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.body())
        .contains("orders.yaml:6:", "expr: order_latency_seconds >> 0.4", "^")
        .endsWith("the configuration was not reloaded; the old one stays in force\n");
    assertThat(rule(0).path("query").asText()).isEqualTo("order_latency_seconds > 0.5");
    assertThat(runtime().path("reloadConfigSuccess").asBoolean()).isFalse();
    assertThat(ownMetric("hinomi_config_last_reload_successful")).endsWith(" 0.0");
    assertThat(app.write("order_latency_seconds", 0.9).status()).isLessThan(300);
    JsonNode _ = Eventually.found("a page", () -> chat.first("OrdersSlow", "firing"));

    site.with(RULES, rules("order_latency_seconds > 0.6"));
    assertThat(reload().status()).isEqualTo(200);
    assertThat(runtime().path("reloadConfigSuccess").asBoolean()).isTrue();
  }

  @Test
  void newRulesLookAtMetricsThatNobodyLookedAtBefore() {
    assertThat(app.write("depth", 1).status()).isLessThan(300);
    site.with(
        RULES,
        """
        groups:
          - name: deep
            interval: 1h
            rules:
              - {alert: Deep, expr: depth > 5, labels: {severity: page}}
        """);
    assertThat(reload().status()).isEqualTo(200);
    assertThat(app.write("depth", 9).status()).isLessThan(300);
    JsonNode _ = Eventually.found("a page", () -> chat.first("Deep", "firing"));
  }

  @Test
  void whatWaitsForTheNextStartIsNamed() {
    site.with("probes/own.yaml", "probes: []");
    Running.Answer answer = reload();
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    assertThat(answer.body()).endsWith("changed, and taken up with the next start: probes/\n");

    site.with("components/more.yaml", "components: [{id: clearing, name: {ja: 清算, en: Clearing}}]");
    site.with(RULES, rules("up").replace("order-entry", "clearing"));
    Running.Answer early = reload();
    assertThat(early.status()).isEqualTo(400);
    assertThat(early.body()).contains("exist only after a restart: clearing");
  }
}
