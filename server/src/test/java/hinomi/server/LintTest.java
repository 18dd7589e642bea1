package hinomi.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import hinomi.model.Matcher;
import hinomi.rulelint.KnownSeries;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The lint of a running server, and of its series from outside.
final class LintTest {
  private static final String RULES =
      """
      groups:
        - name: lint
          rules:
            - alert: TooFewUp
              expr: count(orders_up == 1) < 2
            - alert: Gone
              expr: order_up == 0
      """;

  @Test
  void a_running_server_says_what_may_not_do_what_is_meant(@TempDir Path top) {
    Site site = Site.small(top).with("rules/lint.yaml", RULES);
    try (Running app = new Running(site.read())) {
      app.write("orders_up", 1);
      app.write("order_latency_seconds", 0.1);
      JsonNode findings =
          app.get(app.web() + "/api/hinomi/v1/lint?lang=ja").json().path("findings");
      assertThat(findings.findValuesAsText("check"))
          .containsExactlyInAnyOrder("silent-when-all-bad", "no-series");
      JsonNode silent = findings.get(0);
      assertThat(silent.path("line").asInt()).isEqualTo(5);
      assertThat(silent.path("column").asInt()).isEqualTo(15);
      assertThat(silent.path("text").asText()).contains("全滅");
      assertThat(app.get(app.web() + "/api/hinomi/v1/lint?format=text").body())
          .contains(
              "lint.yaml:7:15: warning: no series of the metric order_up, did you mean"
                  + " \"orders_up\"? [no-series]\n          expr: order_up == 0\n");
      assertThat(app.get(app.web() + "/api/hinomi/v1/lint?lang=fr").status()).isEqualTo(400);

      KnownSeries known = new RemoteSeries(URI.create(app.web())).known();
      assertThat(known.any().fits(List.of(Matcher.equal("__name__", "orders_up")))).isTrue();
      assertThat(
              known.any().fits(List.of(new Matcher(Matcher.Kind.REGEX, "gateway", "gw[2-9]+\"&"))))
          .isFalse();
      assertThat(known.names().all()).contains("orders_up", "order_latency_seconds");
    }
  }
}
