package hinomi.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the timeline of an incident tells of those who were woken.
final class AppTimelineTest {
  @TempDir Path top;
  private Running app;

  @BeforeEach
  void start() {
    app = new Running(Site.small(top).read());
  }

  @AfterEach
  void stop() {
    app.close();
  }

  @Test
  void anIncidentTellsWhoWasPagedAndWhoTookItOnOnceEach() {
    assertThat(app.write("order_latency_seconds", 2).status()).isEqualTo(204);
    Eventually.seen("an incident", () -> !app.incidents().isEmpty());
    String incident = app.incidents().path(0).path("id").asText();
    String paged =
        Eventually.found("the page in the timeline", () -> entries(incident, "page").findFirst());
    assertThat(paged).startsWith("told 佐藤 by mail (first alert): file ");

    String groups = app.web() + "/api/hinomi/v1/alerts";
    String group =
        Eventually.found(
            "the group",
            () ->
                Optional.of(app.get(groups).json().findPath("id").asText())
                    .filter(id -> !id.isEmpty()));
    assertThat(app.get(app.web() + "/alerts/" + group + "?lang=en").body())
        .as("people are shown by name")
        .contains("佐藤");
    Running.Answer answer =
        app.post(
            groups + "/" + group + "/acknowledge",
            "application/json",
            "{\"by\": \"Sato\", \"note\": \"restarting\"}");
    assertThat(answer.status()).isEqualTo(200);
    Eventually.seen(
        "the acknowledgement in the timeline",
        () -> entries(incident, "ack").toList().equals(List.of("by Sato: restarting")));
    assertThat(entries(incident, "page")).containsExactly(paged);
  }

  private Stream<String> entries(String incident, String kind) {
    JsonNode timeline =
        app.get(app.web() + "/api/hinomi/v1/incidents/" + incident).json().path("timeline");
    return StreamSupport.stream(timeline.spliterator(), false)
        .filter(entry -> entry.path("kind").asText().equals(kind))
        .map(entry -> entry.path("text").asText());
  }
}
