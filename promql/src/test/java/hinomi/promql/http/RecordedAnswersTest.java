package hinomi.promql.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import hinomi.model.Labels;
import hinomi.model.Metadata;
import hinomi.promql.conformance.Corpora;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The API against answers recorded from Prometheus 2.42 (`-Dcorpora`): the same request over the
/// same data must come to the same answer. Left out is `label-values-bad-name`: since 3.0 any UTF-8
/// text names a label.
final class RecordedAnswersTest {
  private static final ObjectMapper JSON = JsonMapper.builder().build();

  /// When the recording was made: the newest samples are 661 ms after 1795191733 s.
  private static final Instant NOW = Instant.ofEpochMilli(1_795_191_733_661L);

  private static JsonNode recorded(String name) throws IOException {
    Path file = Corpora.folder("golden").resolve("prometheus-2.42").resolve(name + ".json");
    return JSON.readTree(file.toFile());
  }

  private static ApiServer server() {
    ApiServer api = new ApiServer(NOW);
    for (int i = 39; i >= 0; i--) {
      long ago = i * 2_000L;
      api.source.add(
          Labels.of(Labels.NAME, "up", "instance", "127.0.0.1:41100", "job", "node"),
          1_795_191_733_448L - ago,
          1);
      api.source.add(
          Labels.of(Labels.NAME, "up", "instance", "127.0.0.1:41112", "job", "self"),
          1_795_191_733_437L - ago,
          1);
    }
    return api;
  }

  private static HttpResponse<String> replay(ApiServer api, JsonNode request) throws Exception {
    String path = request.get("path").asText();
    HttpRequest.Builder asked = api.at(path);
    if (request.get("form").isObject()) {
      List<String> pairs = new ArrayList<>();
      request
          .get("form")
          .properties()
          .forEach(
              pair -> pairs.add(pair.getKey() + "=" + ApiServer.encoded(pair.getValue().asText())));
      asked = api.form(path, String.join("&", pairs));
    } else if (request.get("method").asText().equals("OPTIONS")) {
      asked.method("OPTIONS", HttpRequest.BodyPublishers.noBody()).header("Origin", "http://x");
    }
    return api.send(asked);
  }

  private static void same(ApiServer api, String name) throws Exception {
    JsonNode recorded = recorded(name);
    HttpResponse<String> answer = replay(api, recorded.get("request"));
    assertThat(answer.statusCode()).isEqualTo(recorded.get("status").asInt());
    JsonNode body = recorded.get("body");
    if (body.isTextual()) {
      assertThat(answer.body()).isEqualTo(body.asText());
    } else {
      assertThat(JSON.readTree(answer.body())).isEqualTo(body);
    }
    recorded
        .get("headers")
        .properties()
        .forEach(header -> {
          if (!header.getKey().matches("Content-Length|Transfer-Encoding")) {
            assertThat(answer.headers().firstValue(header.getKey()))
                .contains(header.getValue().asText());
          }
        });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "query-vector",
        "query-matrix",
        "query-scalar",
        "query-string",
        "query-missing",
        "query-parse-error",
        "query-time-bad",
        "range",
        "range-no-step",
        "series",
        "labels",
        "label-values",
        "exemplars",
        "healthy",
        "ready",
        "options"
      })
  void the_same_request_has_the_same_answer(String name) throws Exception {
    try (ApiServer api = server()) {
      same(api, name);
    }
  }

  @Test
  void rules_alerts_and_metadata_that_are_the_same_are_shown_the_same() throws Exception {
    try (ApiServer api = server()) {
      for (JsonNode group : recorded("rules").at("/body/data/groups")) {
        api.rules.add(group(group));
      }
      recorded("metadata")
          .at("/body/data")
          .properties()
          .forEach(metric -> api.metadata.put(metric.getKey(), metadata(metric)));
      same(api, "rules");
      same(api, "alerts");
      same(api, "metadata");
    }
  }

  private static List<Metadata> metadata(Map.Entry<String, JsonNode> metric) {
    JsonNode told = metric.getValue().get(0);
    return List.of(
        new Metadata(
            metric.getKey(),
            told.get("type").asText(),
            told.get("help").asText(),
            told.get("unit").asText()));
  }

  private static RuleGroup group(JsonNode group) {
    List<RuleGroup.Rule> rules = new ArrayList<>();
    for (JsonNode rule : group.get("rules")) {
      rules.add(rule.get("type").asText().equals("alerting") ? alerting(rule) : recording(rule));
    }
    return new RuleGroup(
        group.get("name").asText(),
        group.get("file").asText(),
        seconds(group.get("interval")),
        group.get("limit").asInt(),
        run(group),
        rules);
  }

  private static RuleGroup.Rule alerting(JsonNode rule) {
    List<RuleGroup.Alert> alerts = new ArrayList<>();
    for (JsonNode alert : rule.get("alerts")) {
      alerts.add(
          new RuleGroup.Alert(
              Labels.of(map(alert.get("labels"))),
              map(alert.get("annotations")),
              alert.get("state").asText().equals("firing"),
              Instant.parse(alert.get("activeAt").asText()),
              Optional.empty(),
              Double.parseDouble(alert.get("value").asText())));
    }
    return new RuleGroup.Alerting(
        rule.get("name").asText(),
        rule.get("query").asText(),
        seconds(rule.get("duration")),
        seconds(rule.get("keepFiringFor")),
        map(rule.get("labels")),
        map(rule.get("annotations")),
        alerts,
        new RuleGroup.Evaluation(run(rule), ""));
  }

  private static RuleGroup.Rule recording(JsonNode rule) {
    return new RuleGroup.Recording(
        rule.get("name").asText(),
        rule.get("query").asText(),
        Map.of(),
        new RuleGroup.Evaluation(run(rule), ""));
  }

  private static RuleGroup.Run run(JsonNode node) {
    return new RuleGroup.Run(
        Optional.of(Instant.parse(node.get("lastEvaluation").asText())),
        seconds(node.get("evaluationTime")));
  }

  private static Duration seconds(JsonNode number) {
    return Duration.ofNanos(Math.round(number.asDouble() * 1e9));
  }

  private static Map<String, String> map(JsonNode object) {
    Map<String, String> map = new TreeMap<>();
    object.properties().forEach(pair -> map.put(pair.getKey(), pair.getValue().asText()));
    return map;
  }

  /// Where the contents must differ, the keys do not.
  @ParameterizedTest
  @ValueSource(strings = {"buildinfo", "config", "query-stats", "targets"})
  void answers_about_another_server_have_the_same_keys(String name) throws Exception {
    try (ApiServer api = server()) {
      api.targets.add(
          new Target(
              Labels.of("instance", "a", "job", "b"),
              NOW,
              Duration.ofSeconds(2),
              Target.Health.UP,
              ""));
      JsonNode recorded = recorded(name);
      JsonNode answer = JSON.readTree(replay(api, recorded.get("request")).body());
      assertThat(keys(answer)).containsAll(keys(recorded.get("body")));
    }
  }

  /// All paths to values; of lists, those of the first element, labels aside.
  private static Set<String> keys(JsonNode node) {
    Set<String> keys = new TreeSet<>();
    keys("", node, keys);
    keys.removeIf(key -> key.matches(".*/(url|discoveredLabels/.*)"));
    return keys;
  }

  private static void keys(String path, JsonNode node, Set<String> into) {
    if (node.isObject()) {
      into.add(path);
      node.properties().forEach(pair -> keys(path + "/" + pair.getKey(), pair.getValue(), into));
    } else if (node.isArray() && node.path(0).isObject()) {
      keys(path + "/0", node.get(0), into);
    } else {
      into.add(path);
    }
  }
}
