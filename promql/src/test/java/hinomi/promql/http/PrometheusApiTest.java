package hinomi.promql.http;

import static org.assertj.core.api.Assertions.assertThat;

import hinomi.model.Labels;
import hinomi.promql.PromQl;
import hinomi.promql.PromQlConfig;
import hinomi.promql.conformance.MemorySource;
import hinomi.testkit.SimTime;
import hinomi.web.EventLoops;
import hinomi.web.Routes;
import hinomi.web.WebConfig;
import hinomi.web.WebServer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// The API over HTTP. Wording and shapes are those of recorded answers of Prometheus.
class PrometheusApiTest {
  private final SimTime time = new SimTime(Instant.ofEpochSecond(1_000));
  private final HttpClient client = HttpClient.newHttpClient();
  private final EventLoops loops = new EventLoops();
  private final WebServer server;

  PrometheusApiTest() {
    MemorySource source = new MemorySource();
    for (int i = 0; i <= 10; i++) {
      source.add(Labels.of(Labels.NAME, "up", "job", "node"), 900_500 + i * 10_000L, 1);
      source.add(Labels.of(Labels.NAME, "up", "job", "self"), 900_000 + i * 10_000L, 1e-7 * i);
      source.add(Labels.of(Labels.NAME, "down", "http.status", "500"), 900_000 + i * 10_000L, i);
    }
    SimpleMeterRegistry registry = new SimpleMeterRegistry();
    PromQl promQl = new PromQl(PromQlConfig.DEFAULT, source, time, registry);
    Routes routes = new Routes();
    new PrometheusApi(promQl, source, time).routes(routes);
    server = WebServer.start(new WebConfig("test", "127.0.0.1", 0, 16), routes, loops, registry);
  }

  @AfterEach
  void close() {
    server.close();
    loops.close();
    client.close();
  }

  @Test
  void vectors_scalars_texts_and_matrices_have_their_shapes() throws Exception {
    assertThat(get("query?query=up&time=1000.1234"))
        .isEqualTo(
            "200 {'status':'success','data':{'resultType':'vector','result':["
                + "{'metric':{'__name__':'up','job':'node'},'value':[1000.123,'1']},"
                + "{'metric':{'__name__':'up','job':'self'},'value':[1000.123,'0.000001']}]}}");
    assertThat(get("query?query=1%2B1&time=4"))
        .isEqualTo("200 {'status':'success','data':{'resultType':'scalar','result':[4,'2']}}");
    assertThat(get("query?query=%22a%5Cnb%22&time=4"))
        .isEqualTo("200 {'status':'success','data':{'resultType':'string','result':[4,'a\\nb']}}");
    assertThat(get("query?query=" + encoded("up{job='node'}[20s]")))
        .isEqualTo(
            "200 {'status':'success','data':{'resultType':'matrix','result':["
                + "{'metric':{'__name__':'up','job':'node'},"
                + "'values':[[980.5,'1'],[990.5,'1']]}]}}");
    assertThat(get("query_range?query=" + encoded("up{job='self'}") + "&start=900&end=920&step=10"))
        .isEqualTo(
            "200 {'status':'success','data':{'resultType':'matrix','result':["
                + "{'metric':{'__name__':'up','job':'self'},"
                + "'values':[[900,'0'],[910,'1e-07'],[920,'2e-07']]}]}}");
    assertThat(get("query?query=1%2F0&time=1970-01-01T00:00:04Z"))
        .isEqualTo("200 {'status':'success','data':{'resultType':'scalar','result':[4,'+Inf']}}");
  }

  @Test
  void a_form_works_like_a_url_and_a_post_may_have_its_parameters_in_the_url() throws Exception {
    String expected = "200 {'status':'success','data':{'resultType':'scalar','result':[4,'2']}}";
    assertThat(post("query", "query=1%2B1&time=4")).isEqualTo(expected);
    assertThat(post("query?query=1%2B1&step=300s&time=4", "")).isEqualTo(expected);
  }

  @Test
  void mistakes_have_prometheus_types_and_words() throws Exception {
    assertThat(get("query"))
        .isEqualTo(
            bad("invalid parameter \\'query\\': 1:1: parse error: no expression found in input"));
    assertThat(get("query?query=up%7B"))
        .isEqualTo(
            bad(
                "invalid parameter \\'query\\': 1:4: parse error: unexpected end of input inside"
                    + " braces"));
    assertThat(get("query?query=up&time=yesterday"))
        .isEqualTo(
            bad(
                "invalid parameter \\'time\\': Invalid time value for 'time': cannot parse"
                    + " \\'yesterday\\' to a valid timestamp"));
    assertThat(get("query_range?query=up&start=1&end=2"))
        .isEqualTo(bad("invalid parameter \\'step\\': cannot parse \\'\\' to a valid duration"));
    assertThat(get("query_range?query=up&start=3&end=2&step=1"))
        .isEqualTo(bad("invalid parameter \\'end\\': end timestamp must not be before start time"));
    assertThat(get("query_range?query=up&start=0&end=1000000&step=1"))
        .isEqualTo(
            bad(
                "exceeded maximum resolution of 11,000 points per timeseries. Try decreasing the"
                    + " query resolution (?step=XX)"));
    assertThat(
            get(
                "query_range?query=up[5m]&start=0&end=10&step=1"
                    .replace("[", "%5B")
                    .replace("]", "%5D")))
        .isEqualTo(
            bad(
                "invalid parameter \\'query\\': invalid expression type \\'range vector\\' for"
                    + " range query, must be Scalar or instant Vector"));
    assertThat(get("series")).isEqualTo(bad("no match[] parameter provided"));
    assertThat(get("query?query=" + encoded("abs({__name__=~'up|down'} * on() group_left() up)")))
        .startsWith(
            "422 {'status':'error','errorType':'execution','error':'found duplicate series");
  }

  private static String bad(String message) {
    return "400 {'status':'error','errorType':'bad_data','error':'" + message + "'}";
  }

  @Test
  void names_and_values_can_be_looked_up() throws Exception {
    assertThat(get("labels?limit=40000&start=0&end=2000"))
        .isEqualTo("200 {'status':'success','data':['__name__','http.status','job']}");
    assertThat(get("labels?match%5B%5D=up"))
        .isEqualTo("200 {'status':'success','data':['__name__','job']}");
    assertThat(get("label/job/values?match%5B%5D=up"))
        .isEqualTo("200 {'status':'success','data':['node','self']}");
    assertThat(get("label/U__http_2e_status/values"))
        .isEqualTo("200 {'status':'success','data':['500']}");
    assertThat(get("label/__name__/values?limit=1"))
        .isEqualTo(
            "200 {'data':['down'],'status':'success','warnings':['results truncated due to"
                + " limit']}");
    assertThat(post("series", "match%5B%5D=" + encoded("up{job='self'}")))
        .isEqualTo("200 {'status':'success','data':[{'__name__':'up','job':'self'}]}");
    assertThat(get("label/job/values?start=1795191733648&end=1795191733649"))
        .isEqualTo("200 {'status':'success','data':[]}");
  }

  @Test
  void what_grafana_asks_on_its_first_visit_is_answered() throws Exception {
    assertThat(get("query_exemplars?query=test&start=1795189933648&end=1795191733648"))
        .isEqualTo("200 {'status':'success','data':[]}");
    assertThat(get("metadata?limit=40000")).isEqualTo("200 {'status':'success','data':{}}");
    assertThat(get("status/buildinfo"))
        .contains("'version':'3.", "'application':'Hinomi'")
        .doesNotContain("features");
    assertThat(get("format_query?query=" + encoded("sum by(a)(up{b='c',a='d'})")))
        .isEqualTo("200 {'status':'success','data':'sum by (a) (up{a=\\'d\\',b=\\'c\\'})'}");
  }

  @Test
  void warnings_and_limits_are_told() throws Exception {
    assertThat(get("query?limit=1&query=" + encoded("rate(up[1m]) * 0")))
        .contains("'warnings':['results truncated due to limit']")
        .contains("'infos':['PromQL info: metric might not be a counter");
  }

  private String get(String path) throws IOException, InterruptedException {
    return send(HttpRequest.newBuilder(uri(path)).build());
  }

  private String post(String path, String form) throws IOException, InterruptedException {
    return send(
        HttpRequest.newBuilder(uri(path))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString(form))
            .build());
  }

  private URI uri(String path) {
    return URI.create("http://127.0.0.1:" + server.port() + "/api/v1/" + path);
  }

  /// Status and body, double quotes shown as single ones.
  private String send(HttpRequest request) throws IOException, InterruptedException {
    HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
    return response.statusCode() + " " + response.body().replace('"', '\'');
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
