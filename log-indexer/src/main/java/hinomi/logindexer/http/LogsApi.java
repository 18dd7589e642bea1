package hinomi.logindexer.http;

import hinomi.logindexer.LineFilter;
import hinomi.logindexer.LogIndex;
import hinomi.logindexer.LogQuery;
import hinomi.logindexer.logql.Expr;
import hinomi.logindexer.logql.Parser;
import hinomi.logindexer.words.WordQuery;
import hinomi.model.LogRecord;
import hinomi.web.Reply;
import hinomi.web.Request;
import hinomi.web.Routes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Our own search: `GET /api/hinomi/v1/logs` with words in `q` ([WordQuery]), a LogQL selector in
/// `selector`, both optional, `from` and `to` (times as Loki reads them; the last hour), `limit`
/// and `direction`.
public final class LogsApi {
  private final LogIndex index;

  public LogsApi(LogIndex index) {
    this.index = index;
  }

  public void routes(Routes routes) {
    routes.get("/api/hinomi/v1/logs", this::search);
  }

  private Reply search(Request request) {
    LokiTimes times = LokiTimes.of(request, index.now(), "from", "to");
    Expr.Logs logs =
        given(request, "selector")
            .map(Parser::parseLogs)
            .orElseGet(() -> new Expr.Logs(List.of(), List.of(), List.of()));
    List<LineFilter> filters = new ArrayList<>(logs.lines());
    given(request, "q").ifPresent(q -> filters.add(new LineFilter.Words(new WordQuery(q))));
    LogQuery query =
        new LogQuery(
            logs.matchers(),
            filters,
            logs.fields(),
            times.start(),
            times.end(),
            LokiApi.limit(request),
            LokiApi.direction(request));
    return Reply.json(Map.of("lines", index.search(query).stream().map(LogsApi::shape).toList()));
  }

  private static Optional<String> given(Request request, String name) {
    return request.param(name).filter(text -> !text.isBlank());
  }

  /// The time as text: JSON numbers lose nanoseconds.
  private static Map<String, Object> shape(LogRecord line) {
    Map<String, Object> shape = new LinkedHashMap<>();
    shape.put("timestamp", Long.toString(line.timestamp()));
    shape.put("stream", line.stream().toMap());
    shape.put("line", line.line());
    shape.put("metadata", line.metadata().toMap());
    return shape;
  }
}
