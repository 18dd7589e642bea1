import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/// What dashboards ask, from a lone panel to a day of a whole fleet, and how long it takes.
final class Questions {
  private static final String CPU = "rate(node_cpu_seconds_total[5m])";
  private static final String BUCKETS = "rate(http_request_duration_seconds_bucket[5m])";
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private Questions() {}

  /// @param path with its query string
  record Question(String name, String path) {}

  /// @param p50 milliseconds
  /// @param cpu milliseconds of the server's CPU, each
  record Timing(double p50, double cpu) {}

  /// Asked a few seconds before the last sample, off the scrapes' times, so that servers with open
  /// and with closed ranges see the same samples.
  static List<Question> about(Bodies.Scrapes scrapes) {
    double end = scrapes.last() / 1000.0 - 8;
    List<Question> all = new ArrayList<>();
    instants(all, end);
    ranges(all, end);
    return all;
  }

  private static void instants(List<Question> all, double end) {
    instant(all, end, "one series", "node_load1{instance=\"host-0007:9100\"}");
    instant(all, end, "rate, every CPU", CPU);
    instant(all, end, "sum by rate", "sum by (mode) (" + CPU + ")");
    instant(
        all, end, "quantile", "histogram_quantile(0.99, sum by (le, handler) (" + BUCKETS + "))");
    instant(
        all,
        end,
        "topk of a ratio",
        "topk(10, node_filesystem_avail_bytes{mountpoint=\"/\"} /"
            + " node_filesystem_size_bytes{mountpoint=\"/\"})");
    instant(
        all,
        end,
        "regex on names",
        "count({__name__=~\"node_(cpu|network|disk).*\", instance=~\"host-00[0-4].*\"})");
    instant(
        all,
        end,
        "negative regex",
        "sum by (instance) (node_network_receive_bytes_total{instance!~\"host-.*[13579]:9100\","
            + " device=~\"eth.*\"})");
    instant(
        all,
        end,
        "subquery",
        "max_over_time(sum(rate(http_request_duration_seconds_count[5m]))[1h:1m])");
    instant(all, end, "count by name", "count by (__name__) ({instance=\"host-0001:9100\"})");
  }

  /// @param seconds how far back
  /// @param step in seconds
  private record Span(int seconds, int step) {}

  private static void ranges(List<Question> all, double end) {
    range(
        all,
        end,
        new Span(3600, 15),
        "1 h, one series",
        "node_memory_MemAvailable_bytes{instance=\"host-0003:9100\"}");
    range(
        all,
        end,
        new Span(3600, 15),
        "1 h, one host",
        "sum by (mode) (rate(node_cpu_seconds_total{instance=\"host-0003:9100\"}[1m]))");
    range(
        all,
        end,
        new Span(3600, 60),
        "1 h, group_left",
        "node_filesystem_avail_bytes / on (instance) group_left node_memory_MemTotal_bytes");
    range(
        all,
        end,
        new Span(21_600, 60),
        "6 h, quantile",
        "histogram_quantile(0.99, sum by (le) (" + BUCKETS + "))");
    range(
        all,
        end,
        new Span(86_000, 60),
        "24 h, one rate",
        "rate(node_network_receive_bytes_total{instance=\"host-0003:9100\"}[5m])");
    range(
        all,
        end,
        new Span(86_000, 60),
        "24 h, sum of rates",
        "sum(rate(node_network_receive_bytes_total[5m]))");
    range(all, end, new Span(86_000, 60), "24 h, sum by rate", "sum by (mode) (" + CPU + ")");
    range(all, end, new Span(86_000, 300), "24 h, avg_over_time", "avg_over_time(node_load1[1h])");
    range(all, end, new Span(86_000, 60), "24 h, raw", "node_load1");
  }

  private static void instant(List<Question> all, double end, String name, String query) {
    all.add(
        new Question(
            name, "/api/v1/query?nocache=1&query=" + encoded(query) + "&time=" + seconds(end)));
  }

  private static void range(List<Question> all, double end, Span span, String name, String query) {
    all.add(
        new Question(
            name,
            "/api/v1/query_range?nocache=1&query="
                + encoded(query)
                + "&start="
                + seconds(end - span.seconds())
                + "&end="
                + seconds(end)
                + "&step="
                + span.step()));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static String seconds(double value) {
    return String.format(Locale.ROOT, "%.3f", value);
  }

  /// Asks each question again and again for a few seconds, one at a time.
  static Map<String, Timing> time(Contestant server, List<Question> questions) {
    Map<String, Timing> timings = new LinkedHashMap<>();
    for (Question question : questions) {
      for (int i = 0; i < 3; i++) {
        answer(server, question);
      }
      double before = server.cpuSeconds();
      long begin = System.nanoTime();
      long[] took = new long[400];
      int asked = 0;
      while (asked < took.length && (asked < 5 || System.nanoTime() - begin < 2_000_000_000L)) {
        long from = System.nanoTime();
        answer(server, question);
        took[asked++] = System.nanoTime() - from;
      }
      double cpu = (server.cpuSeconds() - before) * 1000 / asked;
      Arrays.sort(took, 0, asked);
      timings.put(question.name(), new Timing(took[asked / 2] / 1e6, cpu));
    }
    return timings;
  }

  private static byte[] answer(Contestant server, Question question) {
    var response = server.get(question.path());
    if (response.statusCode() != 200) {
      throw new IllegalStateException(
          server.kind()
              + ", "
              + question.name()
              + ": "
              + new String(response.body(), StandardCharsets.UTF_8));
    }
    return response.body();
  }

  /// The questions to which two servers give different answers, with what differs first.
  static Map<String, String> differences(Contestant one, Contestant other, List<Question> questions)
      throws Exception {
    Map<String, String> differences = new LinkedHashMap<>();
    for (Question question : questions) {
      Map<String, JsonNode> a = series(answer(one, question));
      Map<String, JsonNode> b = series(answer(other, question));
      String difference = a.keySet().equals(b.keySet()) ? "" : "other series";
      for (String key : a.keySet()) {
        if (difference.isEmpty() && !same(a.get(key), b.get(key))) {
          difference = key + ": " + a.get(key) + " and " + b.get(key);
        }
      }
      if (!difference.isEmpty()) {
        differences.put(
            question.name(), difference.substring(0, Math.min(200, difference.length())));
      }
    }
    return differences;
  }

  private static Map<String, JsonNode> series(byte[] answer) throws Exception {
    Map<String, JsonNode> all = new TreeMap<>();
    for (JsonNode one : JSON.readTree(answer).path("data").path("result")) {
      Map<String, String> labels = new TreeMap<>();
      one.path("metric").properties().forEach(e -> labels.put(e.getKey(), e.getValue().asText()));
      all.put(labels.toString(), one.has("values") ? one.path("values") : one.path("value"));
    }
    return all;
  }

  private static boolean same(JsonNode a, JsonNode b) {
    if (a.isArray()) {
      if (a.size() != b.size()) {
        return false;
      }
      for (int i = 0; i < a.size(); i++) {
        if (!same(a.get(i), b.get(i))) {
          return false;
        }
      }
      return true;
    }
    double x = a.asDouble(Double.NaN);
    double y = b.asDouble(Double.NaN);
    return a.asText().equals(b.asText())
        || Math.abs(x - y) <= 1e-9 * Math.max(Math.abs(x), Math.abs(y));
  }
}
