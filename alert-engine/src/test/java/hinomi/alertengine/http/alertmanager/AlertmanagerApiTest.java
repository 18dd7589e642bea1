package hinomi.alertengine.http.alertmanager;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import hinomi.alertengine.Served;
import hinomi.model.Labels;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/// What is expected here was answered by Alertmanager 0.33 to the same requests.
final class AlertmanagerApiTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient client = HttpClient.newHttpClient();
  private final Served served = new Served();

  @BeforeEach
  void start() throws Exception {
    served.start();
    served.goTo(Duration.ofSeconds(20));
  }

  @AfterEach
  void stop() {
    served.close();
    client.close();
  }

  private String send(String method, String path, String body) throws Exception {
    HttpResponse<String> response =
        client.send(
            HttpRequest.newBuilder(URI.create(served.url() + path))
                .header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .build(),
            HttpResponse.BodyHandlers.ofString());
    return response.statusCode() + " " + response.body();
  }

  private JsonNode get(String path) throws Exception {
    String answer = send("GET", path, "");
    assertThat(answer).startsWith("200 ");
    return JSON.readTree(answer.substring(4));
  }

  private String post(String body) throws Exception {
    return send("POST", "/api/v2/alerts", body);
  }

  private String silence(String matcher, String fields) throws Exception {
    return send(
        "POST",
        "/api/v2/silences",
        """
        {"matchers":[%s],"startsAt":"%s","endsAt":"%s","createdBy":"me","comment":"why"%s}\
        """
            .formatted(matcher, in(Duration.ZERO), in(Duration.ofHours(1)), fields));
  }

  private Instant in(Duration time) {
    return served.now().plus(time);
  }

  private static String id(String answer) throws Exception {
    assertThat(answer).startsWith("200 ");
    return JSON.readTree(answer.substring(4)).path("silenceID").asText();
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  @Test
  void fingerprints_are_those_of_prometheus() {
    assertThat(
            Shapes.fingerprint(
                Labels.of(
                    "alertname",
                    "PendingOne",
                    "cluster",
                    "c1",
                    "instance",
                    "127.0.0.1:41100",
                    "job",
                    "node",
                    "severity",
                    "warn")))
        .isEqualTo("bd69c5100671eacb");
    assertThat(Shapes.fingerprint(Labels.of("alertname", "A", "team", "db")))
        .isEqualTo("7c645696d60f2876");
  }

  @Test
  void alerts_of_others_are_taken_and_shown_beside_ours() throws Exception {
    assertThat(
            post(
                """
                [{"labels":{"alertname":"A","team":"db","e":""},"generatorURL":"http://x/y","annotations":{"s":"t"}}]\
                """))
        .isEqualTo("200 ");
    JsonNode alerts = get("/api/v2/alerts");
    assertThat(alerts).hasSize(2);
    JsonNode theirs = get("/api/v2/alerts?filter=" + encoded("team=\"db\"")).path(0);
    assertThat(theirs.path("labels"))
        .isEqualTo(JSON.readTree("{\"alertname\":\"A\",\"team\":\"db\"}"));
    assertThat(theirs.path("fingerprint").asText()).isEqualTo("7c645696d60f2876");
    assertThat(theirs.path("generatorURL").asText()).isEqualTo("http://x/y");
    assertThat(theirs.at("/status/state").asText()).isEqualTo("active");
    assertThat(theirs.path("startsAt").asText()).isEqualTo(Shapes.time(in(Duration.ZERO)));
    assertThat(theirs.path("endsAt").asText()).isEqualTo(Shapes.time(in(Duration.ofMinutes(5))));
    JsonNode ours = get("/api/v2/alerts?filter=alertname%3DDown").path(0);
    assertThat(ours.at("/annotations/summary").asText()).isEqualTo("<b>web-1 is down");
    assertThat(ours.at("/receivers/0/name").asText()).isEqualTo("default");
    assertThat(ours.path("generatorURL").asText()).contains("/graph?g0.expr=up+%3D%3D+0");
    assertThat(get("/api/v2/alerts?receiver=defau")).isEmpty();
    assertThat(get("/api/v2/alerts?receiver=defau.*")).hasSize(2);
    assertThat(get("/api/v2/alerts?active=false")).isEmpty();
    JsonNode groups = get("/api/v2/alerts/groups");
    assertThat(groups).hasSize(2);
    assertThat(groups.at("/0/labels/alertname").asText()).isEqualTo("A");
    assertThat(groups.at("/0/alerts")).hasSize(1);
  }

  @Test
  void what_is_not_an_alert_is_refused_and_the_rest_is_taken() throws Exception {
    assertThat(post("[{\"labels\":{}},{\"labels\":{\"alertname\":\"Good\"}}]"))
        .isEqualTo("400 \"at least one label pair required\"");
    assertThat(get("/api/v2/alerts?filter=alertname%3DGood")).hasSize(1);
    assertThat(post("[{}]"))
        .isEqualTo("422 {\"code\":602,\"message\":\"0.labels in body is required\"}");
    assertThat(post("{}")).startsWith("400 {").contains("\"code\":400", "parsing alerts body");
    assertThat(post("[{")).startsWith("400 {").contains("parsing alerts body");
    assertThat(post("")).isEqualTo("422 {\"code\":602,\"message\":\"alerts in body is required\"}");
    assertThat(
            post(
                "[{\"labels\":{\"a\":\"b\"},\"startsAt\":\"2026-01-02T00:00:00Z\",\"endsAt\":\"2026-01-01T00:00:00Z\"}]"))
        .isEqualTo("400 \"start time must be before end time\"");
    assertThat(post("[{\"labels\":{\"a\":\"b\"},\"startsAt\":\"xx\"}]")).startsWith("400 {");
    assertThat(post("[{\"labels\":{\"a\":1}}]")).startsWith("400 {");
    assertThat(post("[{\"labels\":{\"a\":\"b\"},\"generatorURL\":\"not a url\"}]"))
        .startsWith("422 {")
        .contains("\"code\":601", "0.generatorURL in body must be of type uri");
    assertThat(get("/api/v2/alerts")).hasSize(2);
    HttpResponse<String> form =
        client.send(
            HttpRequest.newBuilder(URI.create(served.url() + "/api/v2/alerts"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString("[]"))
                .build(),
            HttpResponse.BodyHandlers.ofString());
    assertThat(form.statusCode()).isEqualTo(415);
  }

  @Test
  void silences_are_made_changed_listed_and_ended() throws Exception {
    String id = id(silence("{\"name\":\"i\",\"value\":\".*web.*\",\"isRegex\":true}", ""));
    assertThat(get("/api/v2/alerts").at("/0/status"))
        .isEqualTo(
            JSON.readTree(
                "{\"inhibitedBy\":[],\"mutedBy\":[],\"silencedBy\":[\""
                    + id
                    + "\"],\"state\":\"suppressed\"}"));
    assertThat(get("/api/v2/alerts?silenced=false")).isEmpty();
    assertThat(get("/api/v2/alerts/groups?muted=false")).isEmpty();
    assertThat(get("/api/v2/alerts/groups")).hasSize(1);
    JsonNode shown = get("/api/v2/silence/" + id);
    assertThat(shown.at("/status/state").asText()).isEqualTo("active");
    assertThat(shown.at("/matchers/0"))
        .isEqualTo(
            JSON.readTree(
                "{\"isEqual\":true,\"isRegex\":true,\"name\":\"i\",\"value\":\".*web.*\"}"));
    String changed = ",\"id\":\"" + id + "\"";
    assertThat(id(silence("{\"name\":\"i\",\"value\":\".*web.*\",\"isRegex\":true}", changed)))
        .isEqualTo(id);
    String other = id(silence("{\"name\":\"i\",\"value\":\"x\",\"isRegex\":false}", changed));
    assertThat(other).isNotEqualTo(id);
    assertThat(get("/api/v2/silences")).hasSize(2);
    assertThat(get("/api/v2/silences?expired=false").at("/0/id").asText()).isEqualTo(other);
    assertThat(get("/api/v2/silences?active=false").at("/0/id").asText()).isEqualTo(id);
    assertThat(get("/api/v2/silences?filter=" + encoded("i=~\".*web.*\""))).hasSize(1);
    String another = id(silence("{\"name\":\"i\",\"value\":\"y\",\"isRegex\":false}", ""));
    assertThat(send("DELETE", "/api/v2/silence/" + other, "")).isEqualTo("200 ");
    assertThat(send("DELETE", "/api/v2/silence/" + other, "")).isEqualTo("200 ");
    assertThat(send("DELETE", "/api/v2/silence/" + another + "?by=sato", "")).isEqualTo("200 ");
    assertThat(get("/api/v2/silence/" + other).at("/status/state").asText()).isEqualTo("expired");
    JsonNode told = get("/api/hinomi/v1/silences").path("silences");
    assertThat(told)
        .extracting(one -> one.path("ending").asText() + " " + one.path("endedBy").asText())
        .containsExactlyInAnyOrder("by_hand api", "by_hand sato", "replaced ");
  }

  @Test
  void what_is_not_a_silence_is_refused() throws Exception {
    String good = "{\"name\":\"i\",\"value\":\"x\",\"isRegex\":false}";
    assertThat(send("POST", "/api/v2/silences", "{}"))
        .isEqualTo("422 {\"code\":602,\"message\":\"comment in body is required\"}");
    assertThat(silence("", ""))
        .isEqualTo(
            "422 {\"code\":612,\"message\":\"matchers in body should have at least 1 items\"}");
    assertThat(silence("{\"value\":\"b\",\"isRegex\":false}", ""))
        .isEqualTo("422 {\"code\":602,\"message\":\"matchers.0.name in body is required\"}");
    assertThat(silence("{\"name\":\"a\",\"value\":\"b\"}", ""))
        .isEqualTo("422 {\"code\":602,\"message\":\"matchers.0.isRegex in body is required\"}");
    assertThat(silence("{\"name\":\"a\",\"value\":\".*\",\"isRegex\":true}", ""))
        .startsWith("400 \"invalid silence: ")
        .contains("must not match the empty string");
    assertThat(silence("{\"name\":\"a\",\"value\":\"(\",\"isRegex\":true}", ""))
        .startsWith("400 \"invalid silence: invalid label matcher 0");
    assertThat(silence("{\"name\":\"\",\"value\":\"b\",\"isRegex\":false}", ""))
        .startsWith("400 \"invalid silence: ")
        .contains("invalid label name");
    assertThat(silence(good, ",\"id\":\"nope\"")).isEqualTo("404 \"silence not found\"");
    assertThat(silence(good, ",\"comment\":\"\"")).startsWith("400 \"invalid silence: comment");
    assertThat(silence(good, ",\"endsAt\":\"2020-01-01T00:00:00Z\""))
        .isEqualTo("400 \"Failed to create silence: start time must be before end time\"");
    assertThat(silence(good, ",\"endsAt\":\"xx\"")).startsWith("400 {\"code\":400");
    assertThat(send("GET", "/api/v2/silence/abc", ""))
        .isEqualTo(
            "422 {\"code\":601,\"message\":\"silenceID in path must be of type uuid:"
                + " \\\"abc\\\"\"}");
    String nobody = "/api/v2/silence/00000000-0000-0000-0000-000000000000";
    assertThat(send("GET", nobody, "")).isEqualTo("404 ");
    assertThat(send("DELETE", nobody, "")).isEqualTo("404 ");
    assertThat(send("GET", "/api/v2/alerts?filter=x", ""))
        .startsWith("400 \"bad matcher format: x");
    assertThat(send("GET", "/api/v2/alerts?receiver=(", ""))
        .startsWith("400 \"failed to parse receiver param");
    assertThat(get("/api/v2/silences")).isEmpty();
  }

  @Test
  void a_preview_is_asked_for_with_matchers() throws Exception {
    JsonNode preview =
        get("/api/hinomi/v1/silences/preview?matchers=" + encoded("{alertname=\"Down\"}"));
    assertThat(preview.path("firing")).hasSize(1);
    assertThat(preview.path("messagesHidden").asInt()).isEqualTo(1);
    assertThat(preview.at("/toldLess/0").asText()).isEqualTo("person:sato");
    assertThat(send("GET", "/api/hinomi/v1/silences/preview?matchers=x", "")).startsWith("400 ");
  }

  @Test
  @EnabledIfSystemProperty(named = "corpora", matches = ".+")
  void answers_keep_alertmanagers_contract() throws Exception {
    Contract contract =
        Contract.read(
            Path.of(System.getProperty("corpora"), "alertmanager-config", "api-v2-openapi.yaml"));
    assertThat(post("[{\"labels\":{\"alertname\":\"A\"}}]")).isEqualTo("200 ");
    String id = id(silence("{\"name\":\"i\",\"value\":\".*web.*\",\"isRegex\":true}", ""));
    for (String path : List.of("/status", "/receivers", "/alerts", "/alerts/groups", "/silences")) {
      contract.check("get", path, get("/api/v2" + path));
    }
    contract.check("get", "/silence/{silenceID}", get("/api/v2/silence/" + id));
  }
}
