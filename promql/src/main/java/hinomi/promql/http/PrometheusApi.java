package hinomi.promql.http;

import hinomi.model.BadInput;
import hinomi.model.Failure;
import hinomi.model.Labels;
import hinomi.model.Matcher;
import hinomi.model.Missing;
import hinomi.model.OverLimit;
import hinomi.model.Time;
import hinomi.model.Unavailable;
import hinomi.model.Unsupported;
import hinomi.promql.Answer;
import hinomi.promql.PromQl;
import hinomi.promql.SeriesIndex;
import hinomi.promql.evaluate.Budget;
import hinomi.promql.parse.Quoting;
import hinomi.web.Endpoint;
import hinomi.web.Reply;
import hinomi.web.Request;
import hinomi.web.Routes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// The query part of Prometheus' HTTP API, as its documentation and Grafana's data source have it
/// (prometheus.io/docs/prometheus/latest/querying/api). Errors have Prometheus' shape and types.
/// What is not stored, exemplars and metadata, is answered as empty.
public final class PrometheusApi {
  /// Of the Prometheus whose language and API this is; clients choose their requests by it.
  private static final String SPOKEN_VERSION = "3.5.0";

  private final PromQl promQl;
  private final SeriesIndex index;
  private final Time time;

  public PrometheusApi(PromQl promQl, SeriesIndex index, Time time) {
    this.promQl = promQl;
    this.index = index;
    this.time = time;
  }

  public void routes(Routes routes) {
    routes
        .getOrPost("/api/v1/query", guarded(this::query))
        .getOrPost("/api/v1/query_range", guarded(this::queryRange))
        .getOrPost("/api/v1/series", guarded(this::series))
        .getOrPost("/api/v1/labels", guarded(this::labels))
        .get("/api/v1/label/{name}/values", guarded(this::labelValues))
        .getOrPost("/api/v1/format_query", guarded(PrometheusApi::formatQuery))
        .getOrPost("/api/v1/query_exemplars", guarded(PrometheusApi::exemplars))
        .get("/api/v1/metadata", guarded(_ -> Shapes.success(Map.of())))
        .get("/api/v1/status/buildinfo", guarded(_ -> Shapes.success(buildInfo())));
  }

  private Reply query(Request request) {
    Params params = new Params(request);
    int limit = params.limit();
    Instant at = params.time(time.now());
    PromQl.Options options = options(params);
    String query = params.text("query");
    inQuery(() -> PromQl.check(query));
    return Shapes.answer(promQl.instant(query, at, options), limit);
  }

  private Reply queryRange(Request request) {
    Params params = new Params(request);
    int limit = params.limit();
    Instant start = params.time("start");
    Instant end = params.time("end");
    if (end.isBefore(start)) {
      throw Params.wrong("end", "end timestamp must not be before start time");
    }
    Duration step = params.duration("step");
    if (!step.isPositive()) {
      throw Params.wrong(
          "step",
          "zero or negative query resolution step widths are not accepted. Try a positive"
              + " integer");
    }
    PromQl.Options options = options(params);
    String query = params.text("query");
    inQuery(() -> PromQl.checkRange(query));
    Answer answer = promQl.range(query, start, end, step, options);
    return Shapes.answer(answer, limit);
  }

  private PromQl.Options options(Params params) {
    PromQl.Options configured = promQl.options();
    return new PromQl.Options(
        params.duration("timeout", configured.timeout()),
        params.duration("lookback_delta", configured.lookback()));
  }

  private static void inQuery(Runnable check) {
    try {
      check.run();
    } catch (BadInput e) {
      throw Params.wrong("query", e.reason());
    }
  }

  private Reply series(Request request) {
    Params params = new Params(request);
    int limit = params.limit();
    if (request.params("match[]").isEmpty()) {
      throw new BadInput("no match[] parameter provided", 0);
    }
    List<Map<String, String>> all = new ArrayList<>();
    found(request, params).forEach(labels -> all.add(labels.toMap()));
    return Shapes.list(all, limit);
  }

  private Reply labels(Request request) {
    Params params = new Params(request);
    int limit = params.limit();
    TreeSet<String> names = new TreeSet<>();
    found(request, params).forEach(labels -> labels.forEach((name, _) -> names.add(name)));
    return Shapes.list(List.copyOf(names), limit);
  }

  private Reply labelValues(Request request) {
    Params params = new Params(request);
    int limit = params.limit();
    String name = EscapedNames.unescape(request.captured("name"));
    if (!Quoting.isLabelName(name)) {
      throw new BadInput("invalid label name: " + Quoting.quote(name), 0);
    }
    TreeSet<String> values = new TreeSet<>();
    for (Labels labels : found(request, params)) {
      if (labels.has(name)) {
        values.add(labels.get(name));
      }
    }
    return Shapes.list(List.copyOf(values), limit);
  }

  /// The series that any of the selectors fits, sorted; all series when there is no selector.
  private Set<Labels> found(Request request, Params params) {
    long from = params.millis("start", -Params.FARTHEST);
    long to = params.millis("end", Params.FARTHEST);
    List<List<Matcher>> selectors = new ArrayList<>();
    for (String selector : request.params("match[]")) {
      try {
        selectors.add(PromQl.matchers(selector));
      } catch (BadInput e) {
        throw Params.wrong("match[]", e.reason());
      }
    }
    if (selectors.isEmpty()) {
      selectors.add(List.of());
    }
    TreeSet<Labels> found = new TreeSet<>();
    selectors.forEach(matchers -> found.addAll(index.series(matchers, from, to)));
    return found;
  }

  private static Reply formatQuery(Request request) {
    String query = new Params(request).text("query");
    inQuery(() -> PromQl.check(query));
    return Shapes.success(PromQl.format(query));
  }

  private static Reply exemplars(Request request) {
    Params params = new Params(request);
    params.millis("start", 0);
    params.millis("end", 0);
    inQuery(() -> PromQl.check(params.text("query")));
    return Shapes.success(List.of());
  }

  private static Map<String, String> buildInfo() {
    Map<String, String> info = new LinkedHashMap<>();
    info.put("application", "Hinomi");
    info.put("version", SPOKEN_VERSION);
    for (String unknown : List.of("revision", "branch", "buildUser", "buildDate", "goVersion")) {
      info.put(unknown, "");
    }
    return info;
  }

  private static Endpoint guarded(Endpoint endpoint) {
    return request -> {
      try {
        return endpoint.answer(request);
      } catch (Failure failure) {
        return error(failure);
      }
    };
  }

  private static Reply error(Failure failure) {
    String reason = failure.reason();
    return switch (failure) {
      // Without a place it is not the request that is wrong but what the data made of it.
      case BadInput bad ->
          bad.offset() == BadInput.NOWHERE
              ? Shapes.error(422, "execution", reason)
              : Shapes.error(400, "bad_data", reason);
      case OverLimit over when over.kind() == OverLimit.Kind.RATE ->
          Shapes.error(429, "unavailable", reason)
              .with("Retry-After", Long.toString(Math.max(1, over.retryAfter().toSeconds())));
      case OverLimit _, Unsupported _ -> Shapes.error(422, "execution", reason);
      case Missing _ -> Shapes.error(404, "not_found", reason);
      case Unavailable _ ->
          reason.startsWith(Budget.TIMED_OUT)
              ? Shapes.error(503, "timeout", reason)
              : Shapes.error(503, "unavailable", reason).with("Retry-After", "1");
    };
  }
}
