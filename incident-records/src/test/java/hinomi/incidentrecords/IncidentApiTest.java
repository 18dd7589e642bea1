package hinomi.incidentrecords;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import hinomi.incidentrecords.http.IncidentApi;
import hinomi.model.AlertEvent;
import hinomi.model.Labels;
import hinomi.model.Text;
import hinomi.sql.Database;
import hinomi.testkit.SimTime;
import hinomi.web.EventLoops;
import hinomi.web.Routes;
import hinomi.web.WebConfig;
import hinomi.web.WebServer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class IncidentApiTest {
  private static final ComponentNames NAMES =
      id -> id.equals("orders") ? new Text("注文", "Orders") : Text.same("");

  private final SimTime time = new SimTime();
  private final Database database = Database.temporary();
  private final IncidentRecords records =
      IncidentRecords.open(
          IncidentRecordsConfig.DEFAULT, NAMES, database, time, new SimpleMeterRegistry());
  private final EventLoops loops = new EventLoops();
  private final HttpClient http = HttpClient.newHttpClient();
  private final WebServer web =
      WebServer.start(
          new WebConfig("web", "127.0.0.1", 0, 10), routes(), loops, new SimpleMeterRegistry());

  private Routes routes() {
    Routes routes = new Routes();
    new IncidentApi(records, NAMES, time).routes(routes);
    return routes;
  }

  @AfterEach
  void close() {
    http.close();
    web.close();
    loops.close();
    records.close();
    database.close();
  }

  private HttpResponse<String> send(String method, String path, String body) throws Exception {
    return http.send(
        HttpRequest.newBuilder(URI.create(web.url() + "/api/hinomi/v1/incidents" + path))
            .method(method, HttpRequest.BodyPublishers.ofString(body))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private JsonNode get(String path) throws Exception {
    HttpResponse<String> answer = send("GET", path, "");
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return new ObjectMapper().readTree(answer.body());
  }

  private void done(String method, String path, String body) throws Exception {
    HttpResponse<String> answer = send(method, path, body);
    assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 201);
  }

  private void alert(AlertEvent.State state) {
    Labels labels = Labels.of("alertname", "OrdersSlow", "component", "orders", "severity", "page");
    records.alertChanged(
        new AlertEvent(
            "00000000000000aa",
            labels,
            Map.of("summary", "a | b <script>"),
            state,
            time.now(),
            time.now(),
            1));
  }

  @Test
  void anIncidentGoesFromItsAlertToThePublishedPostmortem() throws Exception {
    alert(AlertEvent.State.FIRING);
    done(
        "POST",
        "/20260302-1/updates",
        """
        {"stage": "identified", "text": {"ja": "原因を特定しました。", "en": "We know why."}, "by": "tanaka"}
        """);
    done("POST", "/20260302-1/notes", "{\"text\": \"fan broken\", \"by\": \"tanaka\"}");
    assertThat(send("POST", "/20260302-1/postmortem/publish", "{\"by\": \"tanaka\"}").body())
        .contains("not resolved yet");
    time.advance(Duration.ofMinutes(3));
    alert(AlertEvent.State.RESOLVED);
    time.advance(Duration.ofMinutes(1));

    JsonNode details = get("/20260302-1");
    assertThat(details.at("/stage").asText()).isEqualTo("resolved");
    assertThat(details.at("/resolved_at").asText()).isEqualTo("2026-03-02T00:03:00Z");
    assertThat(details.at("/alerts/0/name").asText()).isEqualTo("OrdersSlow");
    assertThat(details.at("/timeline").findValuesAsText("kind"))
        .containsExactly(
            "alert", "opened", "update", "update", "note", "alert", "update", "update");

    String draft = get("/20260302-1/postmortem").at("/draft/ja").asText();
    assertThat(draft.lines().filter(line -> line.startsWith("## "))).hasSize(9);
    assertThat(draft).contains("3 min 0 s", "a \\| b &lt;script>", "第4報", "fan broken");

    assertThat(send("POST", "/20260302-1/postmortem/publish", "{\"by\": \"tanaka\"}").body())
        .contains("has no post-mortem");
    done("PUT", "/20260302-1/postmortem", markdown("一", "one"));
    assertThat(get("/20260302-1").has("postmortem")).isFalse();
    done("POST", "/20260302-1/postmortem/publish", "{\"by\": \"suzuki\"}");
    assertThat(get("/20260302-1").at("/postmortem/markdown/en").asText()).isEqualTo("one");

    // An edit is not public until somebody publishes it, and the first version is kept.
    done("PUT", "/20260302-1/postmortem", markdown("二", "two"));
    assertThat(get("/20260302-1").at("/postmortem/markdown/en").asText()).isEqualTo("one");
    done("POST", "/20260302-1/postmortem/publish", "{\"by\": \"suzuki\"}");
    assertThat(get("/20260302-1").at("/postmortem/markdown/en").asText()).isEqualTo("two");
    assertThat(get("/20260302-1/postmortem").at("/versions").findValuesAsText("version"))
        .containsExactly("2", "1");
    assertThat(get("").at("/incidents/0/postmortem/by").asText()).isEqualTo("suzuki");
  }

  private static String markdown(String ja, String en) {
    return """
    {"markdown": {"ja": "%s", "en": "%s"}, "by": "tanaka"}
    """
        .formatted(ja, en);
  }

  @Test
  void allMistakesOfABodyAreToldAtOnce() throws Exception {
    HttpResponse<String> answer =
        send(
            "POST",
            "",
            """
            {"title": {"ja": "題", "fr": "t"}, "impact": "huge", "components": ["orders", "ordres"],
             "text": "x", "started_at": "yesterday", "colour": 1}
            """);
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body().lines())
        .containsExactlyInAnyOrder(
            "title.fr: unknown key",
            "title.en: is missing",
            "impact: expected one of none, minor, major, critical, got \"huge\"",
            "components[1]: no component \"ordres\"",
            "text: expected {\"ja\": …, \"en\": …}",
            "started_at: expected a time like 2026-03-02T00:00:00Z, got \"yesterday\"",
            "by: is missing",
            "colour: unknown key");
    assertThat(get("").at("/incidents")).isEmpty();
  }

  @Test
  void whatDoesNotExistOrIsNoJsonIsSaidSo() throws Exception {
    assertThat(send("GET", "/20260302-9", "").statusCode()).isEqualTo(404);
    assertThat(send("POST", "/20260302-9/notes", "{\"text\":\"x\",\"by\":\"y\"}").statusCode())
        .isEqualTo(404);
    assertThat(send("POST", "", "{\"a\":1,\"a\":2}").statusCode()).isEqualTo(400);
    assertThat(send("POST", "", "[]").statusCode()).isEqualTo(400);
    assertThat(send("POST", "", "").statusCode()).isEqualTo(400);
  }

  @Test
  void aPersonDeclaresAnIncidentByHand() throws Exception {
    done(
        "POST",
        "",
        """
        {"title": {"ja": "題", "en": "Title"}, "impact": "critical", "components": ["orders"],
         "text": {"ja": "文", "en": "Text"}, "by": "tanaka", "started_at": "2026-03-01T14:00:00Z"}
        """);
    JsonNode details = get("/20260301-1");
    assertThat(details.at("/ends_by").asText()).isEqualTo("person");
    assertThat(details.at("/updates/0/number").asInt()).isEqualTo(1);
    assertThat(details.at("/timeline/0/who").asText()).isEqualTo("tanaka");
  }
}
