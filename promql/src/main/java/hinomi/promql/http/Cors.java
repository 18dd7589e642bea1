package hinomi.promql.http;

import com.google.re2j.Pattern;
import hinomi.web.Reply;
import hinomi.web.Request;

/// Lets web pages of other origins read answers (Fetch Standard, "CORS protocol"), with the headers
/// that Prometheus gives. Never with credentials.
record Cors(Pattern allowed) {
  Reply preflight(Request request) {
    return on(request, Reply.empty(204));
  }

  Reply on(Request request, Reply reply) {
    String origin = request.header("origin").orElse("");
    Reply varied = reply.with("Vary", "Origin");
    if (origin.isEmpty() || !allowed.matches(origin)) {
      return varied;
    }
    return varied
        .with("Access-Control-Allow-Headers", "Accept, Authorization, Content-Type, Origin")
        .with("Access-Control-Allow-Methods", "GET, POST, OPTIONS")
        .with("Access-Control-Allow-Origin", allowed.pattern().equals(".*") ? "*" : origin)
        .with("Access-Control-Expose-Headers", "Date");
  }
}
