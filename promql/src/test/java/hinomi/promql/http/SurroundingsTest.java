package hinomi.promql.http;

import static hinomi.promql.http.ApiServer.encoded;
import static org.assertj.core.api.Assertions.assertThat;

import hinomi.model.Exemplar;
import hinomi.model.Labels;
import hinomi.model.Metadata;
import hinomi.promql.PromQlConfig;
import hinomi.promql.PrometheusApiConfig;
import java.io.ByteArrayInputStream;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What the API tells beside answers of queries: rules, alerts, targets, status, metadata,
/// exemplars; and what it changes.
final class SurroundingsTest {
  private static final Instant NOW = Instant.ofEpochSecond(1_000);
  private final ApiServer api = new ApiServer(NOW);

  @AfterEach
  void close() {
    api.close();
  }

  private static RuleGroup.Evaluation evaluation(String error) {
    RuleGroup.Run run =
        new RuleGroup.Run(Optional.of(Instant.ofEpochSecond(990)), Duration.ofMillis(2));
    return new RuleGroup.Evaluation(run, error);
  }

  private void someRules() {
    RuleGroup.Alert alert =
        new RuleGroup.Alert(
            Labels.of("alertname", "Down", "job", "node"),
            Map.of("summary", "node is down"),
            true,
            Instant.ofEpochSecond(900),
            Optional.of(Instant.ofEpochSecond(950)),
            16.263000011444092);
    api.rules.add(
        new RuleGroup(
            "g1",
            "rules/a.yml",
            Duration.ofSeconds(15),
            0,
            evaluation("").run(),
            List.of(
                new RuleGroup.Recording("job:up", "sum by (job) (up)", Map.of(), evaluation("")),
                new RuleGroup.Alerting(
                    "Down",
                    "up == 0",
                    Duration.ofSeconds(6),
                    Duration.ofMillis(1500),
                    Map.of("severity", "page"),
                    Map.of("summary", "{{ $labels.job }} is down"),
                    List.of(alert),
                    evaluation("")))));
    RuleGroup.Run never = new RuleGroup.Run(Optional.empty(), Duration.ZERO);
    api.rules.add(
        new RuleGroup(
            "g2",
            "rules/b.yml",
            Duration.ofMillis(500),
            10,
            never,
            List.of(
                new RuleGroup.Recording(
                    "one", "1", Map.of("a", "b"), new RuleGroup.Evaluation(never, "too many")))));
  }

  private static final String DOWN_ALERT =
      "{'labels':{'alertname':'Down','job':'node'},'annotations':{'summary':'node is down'},"
          + "'state':'firing','activeAt':'1970-01-01T00:15:00Z',"
          + "'keepFiringSince':'1970-01-01T00:15:50Z','value':'1.6263000011444092e+01'}";

  @Test
  void rules_and_alerts_have_prometheus_shape() throws Exception {
    assertThat(api.get("rules")).isEqualTo("200 {'status':'success','data':{'groups':[]}}");
    someRules();
    assertThat(api.get("rules"))
        .isEqualTo(
            "200 {'status':'success','data':{'groups':[{'name':'g1','file':'rules/a.yml','rules':["
                + "{'name':'job:up','query':'sum by (job) (up)','health':'ok',"
                + "'evaluationTime':0.002,'lastEvaluation':'1970-01-01T00:16:30Z',"
                + "'type':'recording'},"
                + "{'state':'firing','name':'Down','query':'up == 0','duration':6,"
                + "'keepFiringFor':1.5,'labels':{'severity':'page'},"
                + "'annotations':{'summary':'{{ $labels.job }} is down'},'alerts':["
                + DOWN_ALERT
                + "],'health':'ok','evaluationTime':0.002,"
                + "'lastEvaluation':'1970-01-01T00:16:30Z','type':'alerting'}],"
                + "'interval':15,'limit':0,'evaluationTime':0.002,"
                + "'lastEvaluation':'1970-01-01T00:16:30Z'},"
                + "{'name':'g2','file':'rules/b.yml','rules':[{'name':'one','query':'1',"
                + "'labels':{'a':'b'},'health':'err','lastError':'too many','evaluationTime':0.0,"
                + "'lastEvaluation':'0001-01-01T00:00:00Z','type':'recording'}],"
                + "'interval':0.5,'limit':10,'evaluationTime':0.0,"
                + "'lastEvaluation':'0001-01-01T00:00:00Z'}]}}");
    assertThat(api.get("alerts"))
        .isEqualTo("200 {'status':'success','data':{'alerts':[" + DOWN_ALERT + "]}}");
  }

  @Test
  void rules_can_be_filtered() throws Exception {
    someRules();
    assertThat(api.get("rules?type=alert")).contains("'Down'").doesNotContain("'one'", "job:up");
    assertThat(api.get("rules?type=record")).contains("'one'", "job:up").doesNotContain("'Down'");
    assertThat(api.get("rules?rule_name%5B%5D=one&rule_name%5B%5D=x"))
        .contains("'one'")
        .doesNotContain("g1");
    assertThat(api.get("rules?rule_group%5B%5D=g1")).contains("job:up").doesNotContain("g2");
    assertThat(api.get("rules?file%5B%5D=rules/b.yml")).contains("g2").doesNotContain("g1");
    assertThat(api.get("rules?exclude_alerts=true"))
        .contains("'Down'")
        .contains("'alerts':null")
        .doesNotContain("activeAt");
    assertThat(api.get("rules?match%5B%5D=" + encoded("{a='b'}")))
        .contains("'one'")
        .doesNotContain("g1");
    assertThat(api.get("rules?type=x"))
        .isEqualTo(bad("invalid parameter \\'type\\': not supported value \\'x\\'"));
    assertThat(api.get("rules?exclude_alerts=x"))
        .isEqualTo(
            bad(
                "invalid parameter \\'exclude_alerts\\': error converting exclude_alerts:"
                    + " strconv.ParseBool: parsing \\'x\\': invalid syntax"));
  }

  @Test
  void rules_come_in_pages() throws Exception {
    someRules();
    String first = api.get("rules?group_limit=1");
    assertThat(first).contains("g1").doesNotContain("g2");
    String token = first.replaceAll(".*'groupNextToken':'([0-9a-f]+)'.*", "$1");
    assertThat(api.get("rules?group_limit=1&group_next_token=" + token))
        .contains("g2")
        .doesNotContain("g1", "groupNextToken");
    assertThat(api.get("rules?group_next_token=" + token))
        .isEqualTo(
            bad(
                "invalid parameter \\'group_next_token\\': group_limit needs to be present in"
                    + " order to paginate over the groups"));
    assertThat(api.get("rules?group_limit=1&group_next_token=ab"))
        .isEqualTo(
            bad(
                "invalid parameter \\'group_next_token\\': invalid group_next_token 'ab'. were"
                    + " rule groups changed?"));
    assertThat(api.get("rules?group_limit=0"))
        .isEqualTo(
            bad("invalid parameter \\'group_limit\\': group_limit needs to be greater than 0"));
    assertThat(api.get("rules?group_limit=y"))
        .contains("needs to be a valid number: strconv.ParseInt: parsing \\'y\\': invalid syntax");
  }

  private static String bad(String message) {
    return "400 {'status':'error','errorType':'bad_data','error':'" + message + "'}";
  }

  @Test
  void metadata_and_exemplars_are_told() throws Exception {
    api.metadata.put(
        "up",
        List.of(
            new Metadata("up", "gauge", "Is it up?", ""), new Metadata("up", "counter", "", "s")));
    api.metadata.put("down", List.of(new Metadata("down", "gauge", "", "")));
    assertThat(api.get("metadata?limit=1"))
        .isEqualTo(
            "200 {'status':'success','data':{'down':[{'type':'gauge','help':'','unit':''}]}}");
    assertThat(api.get("metadata?metric=up&limit_per_metric=1"))
        .isEqualTo(
            "200 {'status':'success','data':"
                + "{'up':[{'type':'gauge','help':'Is it up?','unit':''}]}}");
    assertThat(api.get("metadata?limit=x")).isEqualTo(bad("limit must be a number"));
    assertThat(api.get("metadata?limit_per_metric=x"))
        .isEqualTo(bad("limit_per_metric must be a number"));
    api.exemplars.put(
        Labels.of(Labels.NAME, "lat_bucket", "le", "1"),
        List.of(new Exemplar(Labels.of("trace_id", "7"), 6, 1_600_096_945_479L)));
    assertThat(
            api.get(
                "query_exemplars?query="
                    + encoded("histogram_quantile(0.9, rate(lat_bucket[5m])) or up")
                    + "&start=1600096945&end=1600096946"))
        .isEqualTo(
            "200 {'status':'success','data':[{'seriesLabels':{'__name__':'lat_bucket','le':'1'},"
                + "'exemplars':[{'labels':{'trace_id':'7'},'value':'6',"
                + "'timestamp':1600096945.479}]}]}");
    assertThat(api.get("query_exemplars?query=lat_bucket&start=2&end=1"))
        .isEqualTo(bad("end timestamp must not be before start timestamp"));
    assertThat(api.get("query_exemplars?query="))
        .isEqualTo(bad("1:1: parse error: no expression found in input"));
  }

  @Test
  void whoever_pushes_is_a_target() throws Exception {
    api.targets.add(
        new Target(
            Labels.of("instance", "h1", "job", "node"),
            Instant.ofEpochSecond(995),
            Duration.ofSeconds(15),
            Target.Health.UP,
            ""));
    String target =
        "{'discoveredLabels':{'__address__':'h1','instance':'h1','job':'node'},"
            + "'labels':{'instance':'h1','job':'node'},'scrapePool':'node','scrapeUrl':'',"
            + "'globalUrl':'','lastError':'','lastScrape':'1970-01-01T00:16:35Z',"
            + "'lastScrapeDuration':0,'health':'up','scrapeInterval':'15s',"
            + "'scrapeTimeout':'15s'}";
    assertThat(api.get("targets"))
        .isEqualTo(
            "200 {'status':'success','data':{'activeTargets':["
                + target
                + "],'droppedTargets':[],'droppedTargetCounts':{'node':0}}}");
    assertThat(api.get("targets?state=dropped"))
        .isEqualTo(
            "200 {'status':'success','data':{'activeTargets':[],'droppedTargets':[],"
                + "'droppedTargetCounts':{'node':0}}}");
    assertThat(api.get("targets?scrapePool=x&state=active")).contains("'activeTargets':[]");
    assertThat(api.get("scrape_pools"))
        .isEqualTo("200 {'status':'success','data':{'scrapePools':['node']}}");
    api.source.add(Labels.of(Labels.NAME, "up", "instance", "h1", "job", "node"), 995_000, 1);
    api.metadata.put("up", List.of(new Metadata("up", "gauge", "Is it up?", "")));
    assertThat(api.get("targets/metadata?match_target=" + encoded("{job='node'}")))
        .isEqualTo(
            "200 {'status':'success','data':[{'target':{'instance':'h1','job':'node'},"
                + "'metric':'up','type':'gauge','help':'Is it up?','unit':''}]}");
    assertThat(api.get("targets/metadata?metric=x"))
        .isEqualTo("200 {'status':'success','data':[]}");
  }

  @Test
  void the_status_of_server_and_store_is_told() throws Exception {
    assertThat(api.get("status/config"))
        .isEqualTo("200 {'status':'success','data':{'yaml':'web: {port: 0}\\n'}}");
    assertThat(api.get("status/flags"))
        .isEqualTo("200 {'status':'success','data':{'web.port':'0'}}");
    assertThat(api.get("status/runtimeinfo"))
        .contains(
            "'startTime':'1970-01-01T00:16:40Z'", "'storageRetention':'90d'", "'GOMAXPROCS':");
    assertThat(api.get("status/walreplay")).contains("'min':0", "'max':0", "'current':0");
    assertThat(api.get("status/tsdb?limit=1"))
        .isEqualTo(
            "200 {'status':'success','data':{'headStats':{'numSeries':2,'numLabelPairs':3,"
                + "'chunkCount':4,'minTime':5,'maxTime':6},"
                + "'seriesCountByMetricName':[{'name':'up','value':2}],"
                + "'labelValueCountByLabelName':[],'memoryInBytesByLabelName':[],"
                + "'seriesCountByLabelValuePair':[]}}");
    assertThat(api.get("status/tsdb?limit=-1")).isEqualTo(bad("limit must be a positive number"));
    assertThat(api.get("alertmanagers"))
        .contains("'activeAlertmanagers':[]", "'droppedAlertmanagers':[]");
    assertThat(api.get("notifications")).isEqualTo("200 {'status':'success','data':[]}");
    assertThat(api.get("/-/healthy")).isEqualTo("200 Prometheus Server is Healthy.\n");
    assertThat(api.get("/-/ready")).isEqualTo("200 Prometheus Server is Ready.\n");
  }

  @Test
  void data_is_changed_only_where_that_is_configured() throws Exception {
    assertThat(api.post("admin/tsdb/delete_series", "match%5B%5D=up"))
        .isEqualTo(
            "503 {'status':'error','errorType':'unavailable','error':'admin APIs disabled'}");
    assertThat(PrometheusApiConfig.DEFAULT.adminApi()).isFalse();
    try (ApiServer open = new ApiServer(NOW, PromQlConfig.DEFAULT, ApiServer.WITH_ADMIN)) {
      String path = "admin/tsdb/delete_series";
      assertThat(open.post(path + "?match%5B%5D=up&start=1&end=2", "")).isEqualTo("204 ");
      assertThat(open.post(path, "match%5B%5D=" + encoded("{job='x'}"))).isEqualTo("204 ");
      assertThat(open.post(path, "")).isEqualTo(bad("no match[] parameter provided"));
      assertThat(open.post("admin/tsdb/clean_tombstones", "")).isEqualTo("204 ");
      assertThat(open.changes)
          .containsExactly(
              "deleted [__name__=\"up\"] 1000 2000",
              "deleted [job=\"x\"] -8640000000000000 8640000000000000",
              "cleaned");
      HttpRequest.Builder put =
          open.at("admin/tsdb/snapshot?skip_head=true").PUT(HttpRequest.BodyPublishers.noBody());
      assertThat(ApiServer.shown(open.send(put)))
          .isEqualTo("200 {'status':'success','data':{'name':'20261121T000000Z-blocks'}}");
      assertThat(open.post("admin/tsdb/snapshot", "skip_head=maybe"))
          .isEqualTo(
              bad(
                  "invalid parameter \\'skip_head\\': unable to parse boolean: strconv.ParseBool:"
                      + " parsing \\'maybe\\': invalid syntax"));
      HttpRequest.Builder elsewhere =
          open.form(path, "match%5B%5D=up").header("Sec-Fetch-Site", "cross-site");
      assertThat(open.send(elsewhere).statusCode()).isEqualTo(403);
      assertThat(open.changes).hasSize(3);
      assertThat(open.send(open.at(path)).statusCode()).isEqualTo(405);
    }
  }

  @Test
  void pages_of_other_origins_may_read() throws Exception {
    HttpResponse<String> asked =
        api.send(
            api.at("query")
                .header("Origin", "http://x")
                .method("OPTIONS", HttpRequest.BodyPublishers.noBody()));
    assertThat(asked.statusCode()).isEqualTo(204);
    HttpHeaders headers = asked.headers();
    assertThat(headers.firstValue("Access-Control-Allow-Origin")).contains("*");
    assertThat(headers.firstValue("Access-Control-Allow-Methods")).contains("GET, POST, OPTIONS");
    assertThat(headers.firstValue("Access-Control-Allow-Headers"))
        .contains("Accept, Authorization, Content-Type, Origin");
    assertThat(headers.firstValue("Access-Control-Expose-Headers")).contains("Date");
    assertThat(headers.firstValue("Vary")).contains("Origin");
    HttpResponse<String> plain = api.send(api.at("labels"));
    assertThat(plain.headers().firstValue("Access-Control-Allow-Origin")).isEmpty();
    assertThat(plain.headers().firstValue("Content-Type")).contains("application/json");
  }

  @Test
  void large_answers_are_compressed_for_who_asks() throws Exception {
    for (int i = 0; i < 100; i++) {
      api.source.add(Labels.of(Labels.NAME, "up", "instance", "host-" + i), 999_000, i);
    }
    HttpResponse<byte[]> packed =
        api.bytes(api.at("query?query=up").header("Accept-Encoding", "gzip"));
    assertThat(packed.headers().firstValue("Content-Encoding")).contains("gzip");
    assertThat(packed.headers().firstValue("Vary")).contains("Origin, Accept-Encoding");
    byte[] whole = new GZIPInputStream(new ByteArrayInputStream(packed.body())).readAllBytes();
    assertThat(whole).isEqualTo(api.bytes(api.at("query?query=up")).body());
  }

  @Test
  void a_wrong_time_duration_or_selector_is_refused_in_prometheus_words() throws Exception {
    assertThat(api.get("labels?start=x"))
        .isEqualTo(
            bad(
                "invalid parameter \\'start\\': Invalid time value for 'start': cannot parse"
                    + " \\'x\\' to a valid timestamp"));
    assertThat(api.get("query_range?query=1&start=1&end=2&step=1e300"))
        .isEqualTo(
            bad(
                "invalid parameter \\'step\\': cannot parse \\'1e300\\' to a valid duration. It"
                    + " overflows int64"));
    assertThat(api.get("series?match%5B%5D=%7B%7D"))
        .isEqualTo(
            bad(
                "invalid parameter \\'match[]\\': match[] must contain at least one non-empty"
                    + " matcher"));
  }

  @Test
  void a_wrong_limit_is_refused_in_gos_words() throws Exception {
    assertThat(api.get("series?match%5B%5D=up&limit=abc"))
        .isEqualTo(
            bad("invalid parameter \\'limit\\': strconv.Atoi: parsing \\'abc\\': invalid syntax"));
    assertThat(api.get("query?query=up&limit=-1"))
        .isEqualTo(bad("invalid parameter \\'limit\\': limit must be non-negative"));
    assertThat(api.get("query?query=up&limit=99999999999999999999")).contains("value out of range");
    assertThat(api.get("query?query=up&timeout=x"))
        .isEqualTo(
            bad("invalid parameter \\'timeout\\': cannot parse \\'x\\' to a valid duration"));
    assertThat(api.get("query?query=up&lookback_delta=x"))
        .isEqualTo(
            bad("error parsing lookback delta duration: cannot parse \\'x\\' to a valid duration"));
  }
}
