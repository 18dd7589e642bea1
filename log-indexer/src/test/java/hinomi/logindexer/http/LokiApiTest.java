package hinomi.logindexer.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import hinomi.logindexer.LogIndex;
import hinomi.logindexer.LogIndexConfig;
import hinomi.model.Labels;
import hinomi.model.LogRecord;
import hinomi.testkit.SimTime;
import hinomi.web.EventLoops;
import hinomi.web.Routes;
import hinomi.web.WebConfig;
import hinomi.web.WebServer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The requests that Grafana's Loki data source sends, over a real server.
final class LokiApiTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Labels GATEWAY = Labels.of("app", "gateway", "level", "error");
  private static final Labels MATCHING = Labels.of("app", "matching", "level", "info");

  private final SimTime time = new SimTime();
  private final EventLoops loops = new EventLoops();
  private final HttpClient http = HttpClient.newHttpClient();
  private final LogIndex index;
  private final WebServer web;
  private final long start = time.nanos();

  LokiApiTest(@TempDir Path folder) {
    index = LogIndex.open(LogIndexConfig.in(folder), time, new SimpleMeterRegistry());
    Routes routes = new Routes();
    new LokiApi(index).routes(routes);
    new LogsApi(index).routes(routes);
    web =
        WebServer.start(
            new WebConfig("web", "127.0.0.1", 0, 8), routes, loops, new SimpleMeterRegistry());
  }

  @BeforeEach
  void someLines() {
    for (int i = 0; i < 10; i++) {
      index.append(
          List.of(
              new LogRecord(
                  GATEWAY, time.nanos(), "注文が拒否されました id=" + i, Labels.of("trace", "t" + i)),
              new LogRecord(MATCHING, time.nanos() + 1, "約定 qty=" + i)));
      time.advance(Duration.ofSeconds(10));
    }
  }

  @AfterEach
  void close() {
    web.close();
    index.close();
    loops.close();
  }

  private HttpResponse<String> send(String path, String... params) throws Exception {
    StringBuilder form = new StringBuilder();
    for (int i = 0; i < params.length; i += 2) {
      form.append(params[i]).append('=');
      form.append(URLEncoder.encode(params[i + 1], StandardCharsets.UTF_8)).append('&');
    }
    String url = "http://127.0.0.1:" + web.port() + path;
    HttpRequest.Builder request =
        form.length() < 2000
            ? HttpRequest.newBuilder(URI.create(url + "?" + form))
            : HttpRequest.newBuilder(URI.create(url))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form.toString()));
    if (path.endsWith("query_range")) {
      request.header("X-Loki-Response-Encoding-Flags", "categorize-labels");
    }
    return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  private JsonNode get(String path, String... params) throws Exception {
    HttpResponse<String> response = send(path, params);
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    return JSON.readTree(response.body());
  }

  private String now() {
    return Long.toString(time.nanos());
  }

  @Test
  void the_health_check_of_grafana_is_two() throws Exception {
    JsonNode answer =
        get(
            "/loki/api/v1/query",
            "direction",
            "backward",
            "query",
            "vector(1)+vector(1)",
            "time",
            "4000000000");
    assertThat(answer)
        .isEqualTo(
            JSON.readTree(
                """
                {"status":"success","data":{"resultType":"vector",
                 "result":[{"metric":{},"value":[4000000000,"2"]}],"stats":{}}}\
                """));
  }

  @Test
  void a_log_query_with_categorized_labels_has_metadata_beside_the_line() throws Exception {
    JsonNode answer =
        get(
            "/loki/api/v1/query_range",
            "query",
            "{app=\"gateway\"} |= `拒否` != \"id=1\" |~ \"id=[0-3]\"",
            "start",
            Long.toString(start),
            "end",
            now(),
            "limit",
            "1000",
            "step",
            "15000ms",
            "direction",
            "backward");
    JsonNode expected =
        JSON.readTree(
            """
            {"status":"success","data":{"resultType":"streams","result":[
             {"stream":{"app":"gateway","level":"error"},"values":[
              ["%d","注文が拒否されました id=3",{"structuredMetadata":{"trace":"t3"}}],
              ["%d","注文が拒否されました id=2",{"structuredMetadata":{"trace":"t2"}}],
              ["%d","注文が拒否されました id=0",{"structuredMetadata":{"trace":"t0"}}]]}],
             "encodingFlags":["categorize-labels"],"stats":{}}}\
            """
                .formatted(start + 30_000_000_000L, start + 20_000_000_000L, start));
    assertThat(answer).isEqualTo(expected);
  }

  @Test
  void an_end_is_exclusive_and_a_start_inclusive() throws Exception {
    String end = Long.toString(start + 10_000_000_000L);
    JsonNode answer =
        get(
            "/loki/api/v1/query_range",
            "query",
            "{app=\"gateway\"}",
            "start",
            Long.toString(start),
            "end",
            end);
    assertThat(answer.at("/data/result/0/values")).hasSize(1);
  }

  @Test
  void the_volume_histogram_counts_lines_by_level_and_step() throws Exception {
    String query =
        "sum by (level, detected_level) (count_over_time({app=~\"gateway|matching\"}"
            + " |= `` | drop __error__[15s]))";
    String end = Long.toString(start + 30_000_000_000L);
    JsonNode answer =
        get(
            "/loki/api/v1/query_range",
            "query",
            query,
            "start",
            Long.toString(start),
            "end",
            end,
            "step",
            "15000ms");
    // Windows are left-open: (−15 s, 0], (0, 15 s], (15 s, 30 s]; matching logs 1 ns later.
    long second = start / 1_000_000_000L;
    assertThat(answer)
        .isEqualTo(
            JSON.readTree(
                """
                {"status":"success","data":{"resultType":"matrix","result":[
                 {"metric":{"detected_level":"error","level":"error"},
                  "values":[[%1$d,"1"],[%2$d,"1"],[%3$d,"2"]]},
                 {"metric":{"detected_level":"info","level":"info"},
                  "values":[[%2$d,"2"],[%3$d,"1"]]}],"stats":{}}}\
                """
                    .formatted(second, second + 15, second + 30)));
  }

  @Test
  void labels_values_series_and_sizes_tell_what_is_there() throws Exception {
    index.flush();
    String[] range = {"start", Long.toString(start), "end", now()};
    assertThat(get("/loki/api/v1/labels", range).at("/data").toString())
        .isEqualTo("[\"app\",\"level\"]");
    assertThat(get("/loki/api/v1/label/app/values", range).at("/data").toString())
        .isEqualTo("[\"gateway\",\"matching\"]");
    assertThat(get("/loki/api/v1/series", "match[]", "{app=~\"gate.*\"}").at("/data").toString())
        .isEqualTo("[{\"app\":\"gateway\",\"level\":\"error\"}]");
    assertThat(get("/loki/api/v1/index/stats", "query", "{app=\"matching\"}").toString())
        .isEqualTo("{\"streams\":1,\"chunks\":2,\"bytes\":80,\"entries\":10}");
    assertThat(get("/loki/api/v1/index/volume", "query", "{app=~\".+\"}").at("/data/result"))
        .hasSize(2);
    assertThat(get("/loki/api/v1/detected_fields", "query", "{app=\"gateway\"}").toString())
        .contains("\"label\":\"trace\"");
    assertThat(get("/loki/api/v1/detected_field/trace/values", "query", "{app=\"gateway\"}"))
        .isEqualTo(
            JSON.readTree(
                """
                {"values":["t0","t1","t2","t3","t4","t5","t6","t7","t8","t9"]}\
                """));
  }

  @Test
  void metrics_add_up() throws Exception {
    String[][] cases = {
      {"sum(count_over_time({app=~\".+\"}[5m]))", "20"},
      {"sum(rate({app=\"gateway\"}[200s]))", "0.05"},
      {"sum(bytes_over_time({app=\"matching\"} |= \"qty=7\" [5m]))", "12"},
      {"topk(1, sum by (app) (count_over_time({app=~\".+\"} |= \"id=\" [5m])))", "10"},
      {"sum(count_over_time({app=\"gateway\"}[5m])) / 4 > 2", "2.5"},
      {"count(count_over_time({app=\"gateway\"}[5m]))", "10"},
      {"sum(count_over_time({app=\"gateway\"} | trace=\"t3\" [5m]))", "1"},
    };
    for (String[] each : cases) {
      JsonNode answer = get("/loki/api/v1/query", "query", each[0], "time", now());
      assertThat(answer.at("/data/result/0/value/1").asText()).as(each[0]).isEqualTo(each[1]);
    }
  }

  @Test
  void words_are_found_whatever_the_case_and_as_japanese_is_cut() throws Exception {
    JsonNode hits = get("/api/hinomi/v1/logs", "q", "注文 拒否 ID", "limit", "3");
    assertThat(hits.at("/lines")).hasSize(3);
    assertThat(hits.at("/lines/0/line").asText()).isEqualTo("注文が拒否されました id=9");
    assertThat(get("/api/hinomi/v1/logs", "q", "約定 qty 7").at("/lines")).hasSize(1);
    assertThat(get("/api/hinomi/v1/logs", "q", "文が").at("/lines")).isEmpty();
    assertThat(get("/api/hinomi/v1/logs", "q", "\"文が\"").at("/lines")).hasSize(10);
  }

  @Test
  void what_is_not_understood_is_400_and_says_where() throws Exception {
    String[][] cases = {
      {"{app=", "parse error at line 1, col 6: syntax error: unexpected end of query"},
      {"{app=\"x\"} | json", "col 13: not supported: the stage \"json\""},
      {"{app=~\"(\"}", "col 7: syntax error: bad regular expression"},
      {"{app=~\".*\"}", "at least one regexp or equality matcher"},
      {"quantile_over_time(0.9, {a=\"b\"}[5m])", "col 1: not supported: the function"},
      {"{a=\"b\"}\n |= 5", "line 2, col 5: syntax error: unexpected \"5\""},
      {"{a=\"b\"} |~ \"" + "(a".repeat(60) + ")".repeat(60) + "\"", "nested too deeply"},
      {"(".repeat(5000) + "1" + ")".repeat(5000), "nested too deeply"},
      {"1" + "+1".repeat(5000), "more than 100 operators"},
      {"sum(count_over_time({a=\"b\"}[99999999999d]))", "expecting a duration"},
      {"{a=\"b\"} |= \"open", "literal not terminated"},
    };
    for (String[] each : cases) {
      HttpResponse<String> response = send("/loki/api/v1/query_range", "query", each[0]);
      assertThat(response.statusCode()).as(each[0]).isEqualTo(400);
      assertThat(response.body()).contains(each[1]);
    }
    assertThat(send("/loki/api/v1/query", "query", "{app=\"my\"}").body())
        .startsWith("log queries are not supported as an instant query type");
  }

  @Test
  void times_and_limits_out_of_reason_are_400() throws Exception {
    String[][] cases = {
      {"start", "-1e308"},
      {"end", "NaN"},
      {"limit", "0"},
      {"limit", "5001"},
      {"step", "0"},
      {"step", "-1"},
      {"direction", "up"},
      {"end", "1"},
      {"start", "9e99"},
    };
    for (String[] each : cases) {
      HttpResponse<String> response =
          send(
              "/loki/api/v1/query_range",
              "query",
              each[0].equals("limit") || each[0].equals("direction")
                  ? "{a=\"b\"}"
                  : "count_over_time({a=\"b\"}[1m])",
              each[0],
              each[1],
              "start",
              "9000");
      assertThat(response.statusCode()).as(each[0] + "=" + each[1]).isEqualTo(400);
    }
  }
}
