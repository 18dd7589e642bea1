package hinomi.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// From a sample to a human and to the public, with the doors that a stranger has.
final class AppPageTest {
  private static final Duration PROMISE = Duration.ofSeconds(5);

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

  @Test
  void aBadSampleWakesPeopleAndTurnsThePageRedAndAGoodOneEndsItToTheMillisecond() throws Exception {
    assertThat(app.condition("order-entry")).isEqualTo("unknown");

    assertThat(app.write("order_latency_seconds", 2).status()).isEqualTo(204);

    JsonNode page = Eventually.found("a page", PROMISE, () -> chat.first("OrdersSlow", "firing"));
    assertThat(page.at("/alerts/0/annotations/summary").asText()).isEqualTo("Orders wait 2s");
    assertThat(mail()).contains("To: ", "sato@example.jp");
    Eventually.seen("an incident", () -> !app.incidents().isEmpty());
    JsonNode opened = app.incidents().path(0);
    assertThat(opened.path("status").asText()).isEqualTo("investigating");
    assertThat(opened.path("resolved_at").isNull()).isTrue();
    Eventually.seen("a red component", () -> app.condition("order-entry").equals("down"));
    assertThat(app.condition("exchange")).as("as its worst child").isEqualTo("down");
    String address = "/incidents/" + opened.path("id").asText();
    shows("/ja/", address, "注文受付");
    shows("/en/", address, "Order entry");

    assertThat(app.write("order_latency_seconds", 0.1).status()).isEqualTo(204);

    JsonNode over = Eventually.found("the all-clear", () -> chat.first("OrdersSlow", "resolved"));
    assertThat(over.at("/alerts/0/fingerprint")).isEqualTo(page.at("/alerts/0/fingerprint"));
    Eventually.seen("a green component", () -> app.condition("order-entry").equals("up"));
    Eventually.seen(
        "the incident resolved",
        () -> app.incidents().path(0).path("status").asText().equals("resolved"));
    JsonNode resolved = app.incidents().path(0);
    long lasted =
        Duration.between(time(resolved, "started_at"), time(resolved, "resolved_at")).toMillis();
    double down = app.component("order-entry").at("/measured/down_seconds").asDouble();
    assertThat(Math.round(down * 1000)).isPositive().isEqualTo(lasted);
    assertThat(app.incidents()).hasSize(1);
  }

  /// One trace holds the change of the alert and the delivery that followed from it.
  @Test
  void theWayOfAPageCanBeReadInTheLogsAsATrace() {
    assertThat(app.write("order_latency_seconds", 3).status()).isEqualTo(204);
    JsonNode page = Eventually.found("a page", () -> chat.first("OrdersSlow", "firing"));
    String delivery = page.at("/hinomi/delivery").asText();

    String traces = "{job=\"hinomi\",kind=\"trace\"}";
    String delivered =
        Eventually.found(
            "the span of the delivery",
            () ->
                app.lines(traces + " |= `name=\"deliver\"` |= `" + delivery + "`").stream()
                    .findFirst());
    String trace = delivered.replaceFirst("trace=(\\w+) .*", "$1");
    String root =
        Eventually.found(
            "the span that the trace began with",
            () ->
                app.lines(traces + " | trace_id=\"" + trace + "\" != `parent=`").stream()
                    .findFirst());
    assertThat(root).contains("trace=" + trace, "OrdersSlow");
  }

  private void shows(String path, String... texts) {
    Eventually.seen(
        path + " with " + List.of(texts),
        () -> {
          Running.Answer answer = app.get(app.status() + path);
          return answer.status() == 200 && Stream.of(texts).allMatch(answer.body()::contains);
        });
  }

  private static OffsetDateTime time(JsonNode node, String field) {
    return OffsetDateTime.parse(node.path(field).asText());
  }

  /// The one mail in the mailbox.
  private String mail() throws IOException {
    Path fresh = top.resolve("data/mailbox/new");
    Eventually.seen("a mail", () -> Files.isDirectory(fresh) && !files(fresh).isEmpty());
    assertThat(files(fresh)).singleElement().asString().endsWith(".eml");
    return Files.readString(files(fresh).getFirst());
  }

  private static List<Path> files(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
