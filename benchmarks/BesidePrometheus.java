import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Starts a real Prometheus that scrapes itself and remote-writes to us, waits, and puts the same
/// queries to both servers; every series, time and value must agree (values to 1e-12, relative).
///
///     benchmarks/beside-prometheus /usr/bin/prometheus [SECONDS]     # 90 unless said otherwise
///
/// Queries are put at a time whose samples both hold, off the scrape grid: a 2.x server's ranges are
/// closed and a 3.x server's left-open, and so both select the same samples. We answer as 3.x does;
/// 2.x extrapolates counters that begin inside the range differently.
final class BesidePrometheus {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final List<String> QUERIES =
      List.of(
          "{job=\"prometheus\"}",
          "{job=\"prometheus\"}[37s]", // the samples themselves
          "up{job=\"prometheus\"}",
          "sum(scrape_samples_scraped)",
          "rate(prometheus_http_requests_total[31s])",
          "sum by (handler) (rate(prometheus_http_requests_total[31s]))",
          "increase(prometheus_tsdb_head_samples_appended_total[43s])",
          "irate(process_cpu_seconds_total[31s])",
          "delta(process_resident_memory_bytes[43s])",
          "histogram_quantile(0.9, sum by (le)"
              + " (rate(prometheus_http_request_duration_seconds_bucket[43s])))",
          "topk(5, go_memstats_alloc_bytes_total)",
          "quantile_over_time(0.5, go_goroutines[43s])",
          "avg_over_time(go_goroutines[43s]) - ignoring(x) min_over_time(go_goroutines[43s])",
          "count by (job) ({__name__=~\"go_.+\"})",
          "absent(nothing{a=\"b\"})",
          "label_replace(up{job=\"prometheus\"}, \"host\", \"$1\", \"instance\", \"(.*):.*\")",
          "go_gc_duration_seconds > bool 0.0001",
          "prometheus_build_info * on (instance) group_right () go_goroutines",
          "process_start_time_seconds{job=\"prometheus\"} offset 13s",
          "stddev_over_time(go_memstats_heap_inuse_bytes[43s])",
          "changes(go_goroutines[43s]) + resets(process_cpu_seconds_total[43s])");

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  public static void main(String[] arguments) throws Exception {
    if (arguments.length == 0) {
      System.err.println("usage: benchmarks/beside-prometheus PROMETHEUS [SECONDS]");
      System.exit(2);
    }
    int seconds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 90;
    System.exit(new BesidePrometheus().run(Path.of(arguments[0]), seconds) ? 0 : 1);
  }

  private boolean run(Path prometheus, int seconds) throws Exception {
    Path home = Path.of(System.getProperty("hinomi.home"));
    Path directory = Files.createTempDirectory("hinomi-beside-");
    Path ready = directory.resolve("ready.json");
    Process ours =
        started(
            directory.resolve("hinomi.log"),
            home.resolve("hinomi").toString(),
            "run",
            "--data",
            directory.resolve("data").toString(),
            "--ready-file",
            ready.toString(),
            "--set",
            "web.port=0",
            "--set",
            "status.port=0",
            "--set",
            "otlp.http.port=0");
    while (!Files.exists(ready) && ours.isAlive()) {
      Thread.sleep(50);
    }
    String web = JSON.readTree(ready.toFile()).path("web").asText();
    String theirs = "http://127.0.0.1:19090";
    Path config = directory.resolve("prometheus.yml");
    Files.writeString(
        config,
        """
        global: {scrape_interval: 5s}
        scrape_configs:
          - job_name: prometheus
            static_configs: [{targets: ["127.0.0.1:19090"]}]
        remote_write:
          - url: %s/api/v1/write
            queue_config: {batch_send_deadline: 1s}
        """
            .formatted(web));
    Process peer =
        started(
            directory.resolve("prometheus.log"),
            prometheus.toString(),
            "--config.file=" + config,
            "--storage.tsdb.path=" + directory.resolve("prometheus"),
            "--web.listen-address=127.0.0.1:19090");
    try {
      Thread.sleep(seconds * 1000L);
      return compare(theirs, web);
    } finally {
      peer.destroy();
      ours.destroy();
      peer.waitFor();
      ours.waitFor();
    }
  }

  private static Process started(Path log, String... command) throws Exception {
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(log.toFile())
        .start();
  }

  private boolean compare(String theirs, String ours) throws Exception {
    // Far enough back that every sample has been sent, and off the grid of the scrapes.
    double end = Math.floor(System.currentTimeMillis() / 1000.0) - 8 + 0.0137;
    int equal = 0;
    for (String query : QUERIES) {
      String instant = "/api/v1/query?time=" + end + "&query=" + encoded(query);
      String range =
          "/api/v1/query_range?step=7&start="
              + (end - 42)
              + "&end="
              + end
              + "&query="
              + encoded(query);
      // A range vector has no answer over a range.
      boolean same =
          same(query, theirs, ours, instant)
              & (query.endsWith("]") || same(query, theirs, ours, range));
      System.out.println((same ? "equal   " : "DIFFERS ") + query);
      equal += same ? 1 : 0;
    }
    System.out.println(equal + " of " + QUERIES.size() + " queries answered identically");
    return equal == QUERIES.size();
  }

  private boolean same(String query, String theirs, String ours, String path) throws Exception {
    Map<String, JsonNode> expected = series(theirs + path);
    Map<String, JsonNode> found = series(ours + path);
    if (!expected.keySet().equals(found.keySet())) {
      System.out.println("  series differ: " + expected.size() + " and " + found.size());
      return false;
    }
    for (Map.Entry<String, JsonNode> each : expected.entrySet()) {
      if (!same(each.getValue(), found.get(each.getKey()))) {
        System.out.println(
            "  " + each.getKey() + "\n  " + each.getValue() + "\n  " + found.get(each.getKey()));
        return false;
      }
    }
    return true;
  }

  private static boolean same(JsonNode a, JsonNode b) {
    if (a.isArray() && b.isArray() && a.size() == b.size()) {
      for (int i = 0; i < a.size(); i++) {
        if (!same(a.get(i), b.get(i))) {
          return false;
        }
      }
      return true;
    }
    if (a.asText().equals(b.asText())) {
      return true;
    }
    double x = number(a);
    double y = number(b);
    return Math.abs(x - y) <= 1e-12 * Math.max(Math.abs(x), Math.abs(y));
  }

  private static double number(JsonNode node) {
    return node.isNumber()
        ? node.asDouble()
        : Double.parseDouble(node.asText().replace("Inf", "Infinity"));
  }

  private Map<String, JsonNode> series(String url) throws Exception {
    HttpResponse<String> response =
        http.send(
            HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.ofString());
    JsonNode data = JSON.readTree(response.body()).path("data");
    Map<String, JsonNode> series = new TreeMap<>();
    for (JsonNode one : data.path("result")) {
      TreeMap<String, String> labels = new TreeMap<>();
      one.path("metric").properties().forEach(e -> labels.put(e.getKey(), e.getValue().asText()));
      series.put(labels.toString(), one.has("values") ? one.get("values") : one.get("value"));
    }
    if (response.statusCode() != 200) {
      System.out.println("  " + response.statusCode() + " " + response.body());
    }
    return series;
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
