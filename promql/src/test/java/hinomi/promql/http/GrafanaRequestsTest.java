package hinomi.promql.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import hinomi.model.Labels;
import hinomi.promql.conformance.Corpora;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What Grafana's Prometheus data source sends, replayed (`-Dcorpora`).
final class GrafanaRequestsTest {
  private static final ObjectMapper JSON = JsonMapper.builder().build();
  private static final long NOW = 1_795_191_733;

  private static ApiServer server() {
    ApiServer api = new ApiServer(Instant.ofEpochSecond(NOW));
    for (long at = NOW - 3_600; at <= NOW; at += 15) {
      api.source.add(Labels.of(Labels.NAME, "up", "job", "node"), at * 1000, 1);
      api.source.add(
          Labels.of(Labels.NAME, "node_cpu_seconds_total", "mode", "system"),
          at * 1000,
          (at - NOW) / 7.0);
    }
    return api;
  }

  /// `{now-3600}`, `{now_ms}`, `{floor(now,15)}` stand for times.
  private static String filled(String text) {
    return text.replace("{now_ms-1800000}", Long.toString(NOW * 1000 - 1_800_000))
        .replace("{now_ms}", Long.toString(NOW * 1000))
        .replace("{floor(now-3600,15)}", Long.toString((NOW - 3_600) / 15 * 15))
        .replace("{floor(now,15)}", Long.toString(NOW / 15 * 15))
        .replace("{now-3600}", Long.toString(NOW - 3_600))
        .replace("{now-60}", Long.toString(NOW - 60))
        .replace("{now}", Long.toString(NOW));
  }

  private static String encoded(JsonNode pairs) {
    List<String> all = new ArrayList<>();
    pairs
        .properties()
        .forEach(pair ->
            all.add(
                ApiServer.encoded(pair.getKey())
                    + "="
                    + ApiServer.encoded(filled(pair.getValue().asText()))));
    return String.join("&", all);
  }

  private static HttpRequest.Builder request(ApiServer api, JsonNode recorded) {
    String path = filled(recorded.get("path").asText());
    if (recorded.has("query")) {
      path += "?" + encoded(recorded.get("query"));
    }
    if (recorded.has("form")) {
      return api.form(path, encoded(recorded.get("form")));
    }
    HttpRequest.Builder request = api.at(path);
    return recorded.get("method").asText().equals("POST")
        ? request.POST(HttpRequest.BodyPublishers.noBody())
        : request;
  }

  @Test
  void every_request_is_answered_as_the_data_source_expects() throws Exception {
    JsonNode all =
        JSON.readTree(
            Corpora.folder("grafana").resolve("prometheus_datasource_requests.json").toFile());
    int replayed = 0;
    try (ApiServer api = server()) {
      for (JsonNode recorded : all.get("requests")) {
        String id = recorded.get("id").asText();
        HttpResponse<String> response = api.send(request(api, recorded));
        assertThat(response.statusCode())
            .as(id + ": " + response.body())
            .isEqualTo(recorded.at("/expect/status").asInt());
        check(id, JSON.readTree(response.body()));
        replayed++;
      }
    }
    assertThat(replayed).isEqualTo(20);
  }

  private static void check(String id, JsonNode body) {
    JsonNode data = body.path("data");
    switch (id) {
      case "ds-health", "ds-health-get" -> assertThat(data.at("/result/1").asText()).isEqualTo("2");
      case "buildinfo" -> {
        assertThat(data.get("version").asText()).matches("3\\.\\d+\\.\\d+");
        assertThat(data.has("features")).isFalse();
      }
      case "exemplar-probe" -> assertThat(data).isEmpty();
      case "rules" -> assertThat(data.get("groups").isArray()).isTrue();
      case "metric-names" ->
          assertThat(data.toString()).isEqualTo("[\"node_cpu_seconds_total\",\"up\"]");
      case "metadata" -> assertThat(data.isObject()).isTrue();
      case "range" -> {
        assertThat(data.get("resultType").asText()).isEqualTo("matrix");
        assertThat(data.at("/result/0/values").size()).isGreaterThan(200);
      }
      case "instant" -> {
        assertThat(data.get("resultType").asText()).isEqualTo("vector");
        assertThat(data.at("/result/0/value/0").asDouble()).isEqualTo(NOW + 0.123);
      }
      case "bad-query", "too-many-points" ->
          assertThat(body.get("errorType").asText()).isEqualTo("bad_data");
      case "alertmanager-alerts" -> assertThat(data.get("alerts").isArray()).isTrue();
      default -> assertThat(body.get("status").asText()).isEqualTo("success");
    }
  }
}
