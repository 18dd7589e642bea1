import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
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
  private static final int LEAST_TIMES = 5;
  private static final int MOST_TIMES = 1000;
  private static final long LONGEST_NANOS = 2_000_000_000L;

  private Questions() {}

  /// @param path with its query string
  record Question(String name, Kind kind, String path) {}

  /// What is asked; the long ones are those whose answers are made of millions of samples.
  enum Kind {
    QUERY,
    LONG_QUERY,
    NAMES
  }

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
    names(all, "&start=" + seconds(end - 86_000) + "&end=" + seconds(end));
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

  /// A range that ends at a time.
  ///
  /// @param seconds how far back
  /// @param step in seconds
  private record Span(double end, int seconds, int step) {
    Question ask(String name, String query) {
      return new Question(name, Kind.QUERY, path(query));
    }

    Question askLong(String name, String query) {
      return new Question(name, Kind.LONG_QUERY, path(query));
    }

    private String path(String query) {
      return "/api/v1/query_range?nocache=1&query="
          + encoded(query)
          + "&start="
          + Questions.seconds(end - seconds)
          + "&end="
          + Questions.seconds(end)
          + "&step="
          + step;
    }
  }

  private static void ranges(List<Question> all, double end) {
    String oneHost = "{instance=\"host-0003:9100\"}";
    Span hour = new Span(end, 3600, 15);
    all.add(hour.ask("1 h, one series", "node_memory_MemAvailable_bytes" + oneHost));
    all.add(
        hour.ask(
            "1 h, one host",
            "sum by (mode) (rate(node_cpu_seconds_total{instance=\"host-0003:9100\"}[1m]))"));
    all.add(
        new Span(end, 3600, 60)
            .ask(
                "1 h, group_left",
                "node_filesystem_avail_bytes / on (instance) group_left"
                    + " node_memory_MemTotal_bytes"));
    all.add(
        new Span(end, 21_600, 60)
            .askLong("6 h, quantile", "histogram_quantile(0.99, sum by (le) (" + BUCKETS + "))"));
    Span day = new Span(end, 86_000, 60);
    all.add(day.ask("24 h, one rate", "rate(node_network_receive_bytes_total" + oneHost + "[5m])"));
    all.add(day.askLong("24 h, sum of rates", "sum(rate(node_network_receive_bytes_total[5m]))"));
    all.add(day.askLong("24 h, sum by rate", "sum by (mode) (" + CPU + ")"));
    all.add(
        new Span(end, 86_000, 300).askLong("24 h, avg_over_time", "avg_over_time(node_load1[1h])"));
    all.add(day.ask("24 h, raw", "node_load1"));
  }

  private static void names(List<Question> all, String range) {
    all.add(
        new Question(
            "values of a label", Kind.NAMES, "/api/v1/label/instance/values?nocache=1" + range));
    all.add(
        new Question(
            "names of metrics", Kind.NAMES, "/api/v1/label/__name__/values?nocache=1" + range));
    all.add(
        new Question(
            "series of a metric",
            Kind.NAMES,
            "/api/v1/series?nocache=1&match[]=node_filesystem_avail_bytes" + range));
  }

  private static void instant(List<Question> all, double end, String name, String query) {
    all.add(
        new Question(
            name,
            Kind.QUERY,
            "/api/v1/query?nocache=1&query=" + encoded(query) + "&time=" + seconds(end)));
  }

  static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static String seconds(double value) {
    return String.format(Locale.ROOT, "%.3f", value);
  }

  /// Asks a question again and again for a while, one at a time, over one connection.
  static Timing time(Contestant server, Question question) throws IOException {
    try (Connection connection = new Connection(server.port())) {
      for (int i = 0; i < 3; i++) {
        ask(connection, server, question);
      }
      double before = server.cpuSeconds();
      long begin = System.nanoTime();
      long[] took = new long[MOST_TIMES];
      int asked = 0;
      while (asked < took.length
          && (asked < LEAST_TIMES || System.nanoTime() - begin < LONGEST_NANOS)) {
        long from = System.nanoTime();
        ask(connection, server, question);
        took[asked++] = System.nanoTime() - from;
      }
      double cpu = (server.cpuSeconds() - before) * 1000 / asked;
      Arrays.sort(took, 0, asked);
      return new Timing(took[asked / 2] / 1e6, cpu);
    }
  }

  private static void ask(Connection connection, Contestant server, Question question)
      throws IOException {
    Connection.Answer answer = connection.get(question.path());
    if (!answer.good()) {
      throw new IllegalStateException(
          server.kind().title() + ", " + question.name() + ": " + answer.text());
    }
  }

  /// The questions to which two servers give different answers, with what differs first.
  static Map<String, String> differences(
      Contestant one, Contestant other, List<Question> questions) {
    Map<String, String> differences = new LinkedHashMap<>();
    for (Question question : questions) {
      Map<String, JsonNode> a = series(one.json(question.path()));
      Map<String, JsonNode> b = series(other.json(question.path()));
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

  /// By labels, whatever order they come in. Where it is names that were asked for, each is one.
  private static Map<String, JsonNode> series(JsonNode data) {
    Map<String, JsonNode> all = new TreeMap<>();
    for (JsonNode one : data.isArray() ? data : data.path("result")) {
      JsonNode metric = one.has("metric") ? one.path("metric") : one;
      Map<String, String> labels = new TreeMap<>();
      metric.properties().forEach(e -> labels.put(e.getKey(), e.getValue().asText()));
      String key = metric.isObject() ? labels.toString() : metric.asText();
      all.put(key, one.has("values") ? one.path("values") : one.path("value"));
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
