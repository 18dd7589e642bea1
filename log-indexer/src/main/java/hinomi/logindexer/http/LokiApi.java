package hinomi.logindexer.http;

import hinomi.logindexer.LogIndex;
import hinomi.logindexer.LogQuery;
import hinomi.logindexer.LogQuery.Direction;
import hinomi.logindexer.accept.LineLimits;
import hinomi.logindexer.logql.Evaluator;
import hinomi.logindexer.logql.Expr;
import hinomi.logindexer.logql.Parser;
import hinomi.logindexer.logql.Steps;
import hinomi.logindexer.logql.Value;
import hinomi.logindexer.segment.Extent;
import hinomi.model.BadInput;
import hinomi.model.Labels;
import hinomi.model.LogRecord;
import hinomi.model.Matcher;
import hinomi.web.Reply;
import hinomi.web.Request;
import hinomi.web.Routes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// The part of Loki's HTTP API that Grafana's Loki data source calls (Loki docs, "Loki HTTP API").
/// A query that is not understood is 400 with a sentence that says where.
public final class LokiApi {
  private static final int DEFAULT_LIMIT = 100;
  private static final int MAX_LIMIT = 5000;
  private static final String FLAGS = "X-Loki-Response-Encoding-Flags";

  private final LogIndex index;

  public LokiApi(LogIndex index) {
    this.index = index;
  }

  public void routes(Routes routes) {
    routes
        .getOrPost("/loki/api/v1/query_range", this::queryRange)
        .getOrPost("/loki/api/v1/query", this::query)
        .getOrPost("/loki/api/v1/labels", this::labels)
        .get("/loki/api/v1/label", this::labels)
        .get("/loki/api/v1/label/{name}/values", this::labelValues)
        .getOrPost("/loki/api/v1/series", this::series)
        .getOrPost("/loki/api/v1/index/stats", this::stats)
        .getOrPost("/loki/api/v1/index/volume", this::volume)
        .getOrPost("/loki/api/v1/detected_fields", this::detectedFields)
        .get("/loki/api/v1/detected_field/{name}/values", this::detectedFieldValues);
  }

  private Reply queryRange(Request request) {
    LokiTimes times = LokiTimes.of(request, index.now());
    Expr expr = Parser.parse(request.requiredParam("query"));
    if (expr instanceof Expr.Logs logs) {
      LogQuery query = logs.query(times.start(), times.end(), limit(request), direction(request));
      return Reply.json(LokiShapes.streams(index.search(query), categorize(request)));
    }
    Steps steps = Steps.between(times.start(), times.end(), times.step(request));
    Value value = new Evaluator(index::scan, steps).evaluate(expr);
    return Reply.json(LokiShapes.matrix(value, steps));
  }

  private Reply query(Request request) {
    Expr expr = Parser.parse(request.requiredParam("query"));
    if (expr instanceof Expr.Logs) {
      throw new BadInput(
          "log queries are not supported as an instant query type, please change your query to a"
              + " range query type");
    }
    Steps steps = Steps.at(LokiTimes.time(request, "time").orElse(LineLimits.nanos(index.now())));
    Value value = new Evaluator(index::scan, steps).evaluate(expr);
    return Reply.json(LokiShapes.instant(value, steps));
  }

  private Reply labels(Request request) {
    Set<String> names = new TreeSet<>();
    for (Labels stream : extents(request).keySet()) {
      stream.forEach((name, _) -> names.add(name));
    }
    return Reply.json(LokiShapes.success(names));
  }

  private Reply labelValues(Request request) {
    String name = request.captured("name");
    Set<String> values = new TreeSet<>();
    for (Labels stream : extents(request).keySet()) {
      if (stream.has(name)) {
        values.add(stream.get(name));
      }
    }
    return Reply.json(LokiShapes.success(values));
  }

  private Reply series(Request request) {
    LokiTimes times = LokiTimes.of(request, index.now());
    List<String> selectors = new ArrayList<>(request.params("match[]"));
    selectors.addAll(request.params("match"));
    Set<Labels> streams = new TreeSet<>();
    if (selectors.isEmpty()) {
      streams.addAll(index.streams(List.of(), times.start(), times.end()));
    }
    for (String selector : selectors) {
      streams.addAll(
          index.streams(Parser.parseLogs(selector).matchers(), times.start(), times.end()));
    }
    return Reply.json(LokiShapes.success(streams.stream().map(Labels::toMap).toList()));
  }

  private Reply stats(Request request) {
    Map<Labels, Extent> extents = extents(request);
    Extent all = extents.values().stream().reduce(Extent.NONE, Extent::plus);
    Map<String, Object> stats = new LinkedHashMap<>();
    stats.put("streams", extents.size());
    stats.put("chunks", all.batches());
    stats.put("bytes", all.bytes());
    stats.put("entries", all.lines());
    return Reply.json(stats);
  }

  /// Bytes by the labels that the selector names, or that are asked for; the largest first.
  private Reply volume(Request request) {
    LokiTimes times = LokiTimes.of(request, index.now());
    List<Matcher> matchers = Parser.parseLogs(request.requiredParam("query")).matchers();
    List<String> names =
        request
            .param("targetLabels")
            .filter(text -> !text.isEmpty())
            .map(text -> List.of(text.split(",", -1)))
            .orElseGet(() -> matchers.stream().map(Matcher::name).distinct().toList());
    Map<Labels, Long> volumes = new TreeMap<>();
    extents(request)
        .forEach((stream, extent) ->
            volumes.merge(stream.only(Set.copyOf(names)), extent.bytes(), Long::sum));
    List<Map<String, Object>> result = new ArrayList<>();
    volumes.entrySet().stream()
        .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
        .limit(limit(request))
        .forEach(each ->
            result.add(
                Map.of(
                    "metric", each.getKey().toMap(),
                    "value", LokiShapes.point(times.end(), each.getValue()))));
    return Reply.json(LokiShapes.result("vector", result));
  }

  /// The metadata of a sample of lines, for the editor's suggestions.
  private Reply detectedFields(Request request) {
    Map<String, Set<String>> values = new TreeMap<>();
    for (LogRecord line : sample(request)) {
      line.metadata()
          .forEach((name, value) -> values.computeIfAbsent(name, _ -> new TreeSet<>()).add(value));
    }
    List<Map<String, Object>> fields = new ArrayList<>();
    values.forEach((name, distinct) ->
        fields.add(
            Map.of(
                "label",
                name,
                "type",
                "string",
                "cardinality",
                distinct.size(),
                "parsers",
                List.of())));
    return Reply.json(Map.of("fields", fields));
  }

  private Reply detectedFieldValues(Request request) {
    String name = request.captured("name");
    Set<String> values = new TreeSet<>();
    for (LogRecord line : sample(request)) {
      if (line.metadata().has(name)) {
        values.add(line.metadata().get(name));
      }
    }
    return Reply.json(Map.of("values", values));
  }

  private List<LogRecord> sample(Request request) {
    LokiTimes times = LokiTimes.of(request, index.now());
    Expr.Logs logs = Parser.parseLogs(request.requiredParam("query"));
    return index.search(logs.query(times.start(), times.end(), limit(request), Direction.BACKWARD));
  }

  /// What the streams of the request's optional selector hold.
  private Map<Labels, Extent> extents(Request request) {
    LokiTimes times = LokiTimes.of(request, index.now());
    List<Matcher> matchers =
        request
            .param("query")
            .filter(text -> !text.isEmpty())
            .map(text -> Parser.parseLogs(text).matchers())
            .orElse(List.of());
    return index.extents(matchers, times.start(), times.end());
  }

  private static boolean categorize(Request request) {
    return request.header(FLAGS).filter(flags -> flags.contains("categorize-labels")).isPresent();
  }

  static int limit(Request request) {
    String text = request.param("limit").filter(given -> !given.isEmpty()).orElse("");
    if (text.isEmpty()) {
      return DEFAULT_LIMIT;
    }
    if (!text.matches("\\d{1,9}") || Integer.parseInt(text) == 0) {
      throw new BadInput("limit: expected a whole number from 1, got " + text);
    }
    int limit = Integer.parseInt(text);
    if (limit > MAX_LIMIT) {
      throw new BadInput(
          "max entries limit per query exceeded, limit > max_entries_limit_per_query ("
              + limit
              + " > "
              + MAX_LIMIT
              + ")");
    }
    return limit;
  }

  static Direction direction(Request request) {
    return switch (request.param("direction").orElse("").toLowerCase(java.util.Locale.ROOT)) {
      case "", "backward" -> Direction.BACKWARD;
      case "forward" -> Direction.FORWARD;
      default -> throw new BadInput("direction: expected backward or forward");
    };
  }
}
