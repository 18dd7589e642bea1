package hinomi.promql.http;

import static hinomi.promql.http.ApiServer.encoded;
import static org.assertj.core.api.Assertions.assertThat;

import hinomi.model.Labels;
import java.io.IOException;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// The API over HTTP. Wording and shapes are those of recorded answers of Prometheus.
class PrometheusApiTest {
  private final ApiServer api = new ApiServer(Instant.ofEpochSecond(1_000));

  PrometheusApiTest() {
    for (int i = 0; i <= 10; i++) {
      long at = 900_000 + i * 10_000L;
      api.source.add(Labels.of(Labels.NAME, "up", "job", "node"), at + 500, 1);
      api.source.add(Labels.of(Labels.NAME, "up", "job", "self"), at, 1e-7 * i);
      api.source.add(Labels.of(Labels.NAME, "down", "http.status", "500"), at, i);
    }
  }

  @AfterEach
  void close() {
    api.close();
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
                + "'values':[[980.500,'1'],[990.500,'1']]}]}}");
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
            "200 {'status':'success','data':['down'],'warnings':['results truncated due to"
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
    return api.get(path);
  }

  private String post(String path, String form) throws IOException, InterruptedException {
    return api.post(path, form);
  }
}
