package hinomi.promql.http;

import hinomi.model.BadInput;
import hinomi.model.Time;
import hinomi.promql.parse.Durations;
import hinomi.web.Reply;
import hinomi.web.Request;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// What is told of the server, its store and who sends to it: `status/…`, `targets`,
/// `scrape_pools`, `alertmanagers`, `notifications`.
final class StatusShapes {
  /// Of the Prometheus whose language and API this is; clients choose their requests by it.
  private static final String SPOKEN_VERSION = "3.5.0";

  private static final int SHOWN = 10;

  private final PrometheusPorts.Status status;
  private final PrometheusPorts.Targets targets;
  private final Time time;

  StatusShapes(PrometheusPorts ports, Time time) {
    this.status = ports.status();
    this.targets = ports.targets();
    this.time = time;
  }

  static Reply build(Request request) {
    Map<String, String> info = new LinkedHashMap<>();
    info.put("application", "Hinomi");
    info.put("version", SPOKEN_VERSION);
    for (String unknown : List.of("revision", "branch", "buildUser", "buildDate", "goVersion")) {
      info.put(unknown, "");
    }
    return Envelope.success(info);
  }

  Reply configuration(Request request) {
    return Envelope.success(Map.of("yaml", status.server().now().configuration()));
  }

  Reply flags(Request request) {
    return Envelope.success(new TreeMap<>(status.server().now().flags()));
  }

  Reply runtime(Request request) {
    PrometheusPorts.ServerStatus server = status.server().now();
    Runtime java = Runtime.getRuntime();
    Map<String, Object> info = new LinkedHashMap<>();
    info.put("startTime", server.started().toString());
    info.put("CWD", Path.of("").toAbsolutePath().toString());
    info.put("hostname", hostname());
    info.put("serverTime", time.now().toString());
    info.put("reloadConfigSuccess", server.configured().successful());
    info.put("lastConfigTime", server.configured().at().toString());
    info.put("corruptionCount", server.corruptions());
    info.put("goroutineCount", ManagementFactory.getThreadMXBean().getThreadCount());
    info.put("GOMAXPROCS", java.availableProcessors());
    info.put("GOMEMLIMIT", java.maxMemory());
    info.put("GOGC", "");
    info.put("GODEBUG", "");
    info.put("storageRetention", server.retention());
    return Envelope.success(info);
  }

  /// The JVM's name of itself is `pid@host`, found without asking the network.
  private static String hostname() {
    String name = ManagementFactory.getRuntimeMXBean().getName();
    return name.substring(name.indexOf('@') + 1);
  }

  Reply store(Request request) {
    int limit = new Params(request).number("limit", SHOWN, "limit must be a positive number");
    if (limit < 1) {
      throw new BadInput("limit must be a positive number", 0);
    }
    StoreStatus store = status.store().now(limit);
    Map<String, Object> head = new LinkedHashMap<>();
    head.put("numSeries", store.series());
    head.put("numLabelPairs", store.labelPairs());
    head.put("chunkCount", store.chunks());
    head.put("minTime", store.minTime());
    head.put("maxTime", store.maxTime());
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("headStats", head);
    data.put("seriesCountByMetricName", store.seriesByMetric());
    data.put("labelValueCountByLabelName", store.valuesByLabel());
    data.put("memoryInBytesByLabelName", store.labelBytes());
    data.put("seriesCountByLabelValuePair", store.seriesByPair());
    return Envelope.success(data);
  }

  /// The log has been read before the listener answers.
  static Reply replay(Request request) {
    return Envelope.success(Map.of("min", 0, "max", 0, "current", 0));
  }

  /// There is no Alertmanager outside: alerts are grouped, routed and sent by the product itself.
  static Reply alertmanagers(Request request) {
    return Envelope.success(
        Map.of("activeAlertmanagers", List.of(), "droppedAlertmanagers", List.of()));
  }

  static Reply none(Request request) {
    return Envelope.success(List.of());
  }

  Reply targets(Request request) {
    Params params = new Params(request);
    String state = params.text("state");
    String pool = params.text("scrapePool");
    boolean active = !state.equals("dropped");
    List<Map<String, Object>> shapes = new ArrayList<>();
    for (Target target : targets.all()) {
      if (active && (pool.isEmpty() || pool.equals(target.labels().get("job")))) {
        shapes.add(target(target));
      }
    }
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("activeTargets", shapes);
    data.put("droppedTargets", List.of());
    if (!state.equals("active")) {
      Map<String, Integer> none = new LinkedHashMap<>();
      poolNames().forEach(name -> none.put(name, 0));
      data.put("droppedTargetCounts", none);
    }
    return Envelope.success(data);
  }

  /// Nobody is scraped: an agent's last push stands where a scrape would, and there is no URL.
  private static Map<String, Object> target(Target target) {
    Map<String, Object> shape = new LinkedHashMap<>();
    Map<String, String> discovered = target.labels().toMap();
    discovered.put("__address__", target.labels().get("instance"));
    shape.put("discoveredLabels", discovered);
    shape.put("labels", target.labels().toMap());
    shape.put("scrapePool", target.labels().get("job"));
    shape.put("scrapeUrl", "");
    shape.put("globalUrl", "");
    shape.put("lastError", target.lastError());
    shape.put("lastScrape", target.lastPush().toString());
    shape.put("lastScrapeDuration", 0);
    shape.put(
        "health",
        switch (target.health()) {
          case UP -> "up";
          case DOWN -> "down";
          case UNKNOWN -> "unknown";
        });
    String interval = Durations.print(target.interval().toMillis());
    shape.put("scrapeInterval", interval);
    shape.put("scrapeTimeout", interval);
    return shape;
  }

  Reply pools(Request request) {
    return Envelope.success(Map.of("scrapePools", poolNames()));
  }

  private List<String> poolNames() {
    return targets.all().stream()
        .map(target -> target.labels().get("job"))
        .distinct()
        .sorted()
        .toList();
  }

  static Reply healthy(Request request) {
    return Reply.text(200, "Prometheus Server is Healthy.\n");
  }

  static Reply ready(Request request) {
    return Reply.text(200, "Prometheus Server is Ready.\n");
  }
}
