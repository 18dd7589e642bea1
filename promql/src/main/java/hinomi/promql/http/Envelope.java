package hinomi.promql.http;

import hinomi.model.BadInput;
import hinomi.model.Failure;
import hinomi.model.Missing;
import hinomi.model.OverLimit;
import hinomi.model.Unavailable;
import hinomi.model.Unsupported;
import hinomi.promql.evaluate.Budget;
import hinomi.web.Reply;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/// The envelope of all answers of Prometheus' API: `status` with `data`, or with `errorType` and
/// `error`.
final class Envelope {
  static final String TRUNCATED = "results truncated due to limit";
  private static final String TYPE = "application/json";

  /// Nginx's status for a client that closed the connection, which Prometheus uses too.
  private static final int CLIENT_GONE = 499;

  private Envelope() {}

  /// Plain values, lists and maps.
  static Reply success(Object data) {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("status", "success");
    body.put("data", data);
    return Reply.of(200, TYPE, Reply.json(body).body());
  }

  /// A list cut to a limit, which is told.
  ///
  /// @param json still empty
  static <T> Reply list(
      Collection<T> all, int limit, BiConsumer<JsonBytes, T> element, JsonBytes json) {
    json.raw("{\"status\":\"success\",\"data\":[");
    int left = limit;
    for (T one : all) {
      if (left-- == 0) {
        break;
      }
      element.accept(json, one);
      json.raw(",");
    }
    json.end(']');
    notes("warnings", all.size() > limit ? List.of(TRUNCATED) : List.of(), json);
    return Reply.of(200, TYPE, json.raw("}").toBytes());
  }

  /// A further key of the envelope, if there is anything to say.
  static void notes(String key, List<String> notes, JsonBytes json) {
    if (!notes.isEmpty()) {
      json.raw(",").text(key).raw(":[");
      notes.forEach(note -> json.text(note).raw(","));
      json.end(']');
    }
  }

  static Reply json(JsonBytes json) {
    return Reply.of(200, TYPE, json.toBytes());
  }

  static Reply error(int status, String type, String message) {
    JsonBytes json = new JsonBytes(message.length() + 64L, Integer.MAX_VALUE);
    json.raw("{\"status\":\"error\",\"errorType\":").text(type);
    json.raw(",\"error\":").text(message).raw("}");
    return Reply.of(status, TYPE, json.toBytes());
  }

  static Reply error(Failure failure) {
    String reason = failure.reason();
    return switch (failure) {
      // Without a place it is not the request that is wrong but what the data made of it.
      case BadInput bad ->
          bad.offset() == BadInput.NOWHERE
              ? error(422, "execution", reason)
              : error(400, "bad_data", reason);
      case OverLimit over when over.kind() == OverLimit.Kind.RATE ->
          error(429, "unavailable", reason)
              .with("Retry-After", Long.toString(Math.max(1, over.retryAfter().toSeconds())));
      case OverLimit _, Unsupported _ -> error(422, "execution", reason);
      case Missing _ -> error(404, "not_found", reason);
      case Unavailable _ -> unavailable(reason);
    };
  }

  private static Reply unavailable(String reason) {
    if (reason.startsWith(Budget.TIMED_OUT)) {
      return error(503, "timeout", reason);
    }
    return reason.startsWith("query was canceled")
        ? error(CLIENT_GONE, "canceled", reason)
        : error(503, "unavailable", reason).with("Retry-After", "1");
  }
}
