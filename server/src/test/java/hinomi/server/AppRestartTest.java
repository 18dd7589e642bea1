package hinomi.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What was acknowledged, found or begun before a stop is there after the next start.
final class AppRestartTest {
  @TempDir Path top;

  @Test
  void everythingIsThereAgainAndAnAlertThatFiresAcrossTheRestartPagesOnce() {
    try (ChatTool chat = new ChatTool()) {
      AppConfig config = Site.small(top).read("delivery.webhook.url", chat.url());
      String began;
      JsonNode incident;
      double downBefore;
      try (Running app = new Running(config)) {
        assertThat(app.log("gateway", "再起動の前").status()).isEqualTo(204);
        assertThat(app.write("order_latency_seconds", 2).status()).isEqualTo(204);
        Eventually.seen("a page", () -> chat.first("OrdersSlow", "firing").isPresent());
        Eventually.seen("an incident", () -> !app.incidents().isEmpty());
        Eventually.seen("down time", () -> down(app) > 0.5);
        began = alert(app).path("activeAt").asText();
        incident = app.incidents().path(0);
        downBefore = down(app);
      }
      try (Running app = new Running(config)) {
        String started = app.now().toString();
        assertThat(app.value("order_latency_seconds")).contains(2.0);
        assertThat(app.lines("{job=\"gateway\"} |= `再起動`")).containsExactly("再起動の前");
        assertThat(app.incidents()).hasSize(1);
        assertThat(app.incidents().path(0).path("id")).isEqualTo(incident.path("id"));
        assertThat(app.incidents().path(0).path("started_at"))
            .isEqualTo(incident.path("started_at"));
        assertThat(down(app)).isGreaterThanOrEqualTo(downBefore);
        Eventually.seen("an evaluation", () -> lastEvaluation(app).compareTo(started) > 0);
        assertThat(alert(app).path("state").asText()).isEqualTo("firing");
        assertThat(alert(app).path("activeAt").asText()).isEqualTo(began);

        assertThat(app.write("order_latency_seconds", 0.1).status()).isEqualTo(204);
        Eventually.seen("the all-clear", () -> chat.first("OrdersSlow", "resolved").isPresent());
        Eventually.seen("its mail", () -> mails().size() > 1);
      }
      assertThat(chat.about("OrdersSlow").stream().map(told -> told.path("status").asText()))
          .containsExactly("firing", "resolved");
      assertThat(mails()).hasSize(2);
    }
  }

  private static double down(Running app) {
    return app.component("order-entry").at("/measured/down_seconds").asDouble();
  }

  private static JsonNode alert(Running app) {
    return app.get(app.web() + "/api/v1/alerts").json().at("/data/alerts/0");
  }

  private static String lastEvaluation(Running app) {
    return app.get(app.web() + "/api/v1/rules").json().at("/data/groups/0/lastEvaluation").asText();
  }

  private List<Path> mails() {
    try (Stream<Path> files = Files.list(top.resolve("data/mailbox/new"))) {
      return files.toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
