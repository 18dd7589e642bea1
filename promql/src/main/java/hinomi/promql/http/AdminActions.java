package hinomi.promql.http;

import hinomi.model.Matcher;
import hinomi.web.Endpoint;
import hinomi.web.Reply;
import hinomi.web.Request;
import java.util.List;
import java.util.Map;

/// What changes the stored data: `admin/tsdb/{delete_series,clean_tombstones,snapshot}`, and our
/// own `compact`. Refused unless configured, and always when a browser says that a page of another
/// origin asks (Fetch Metadata, W3C): a form needs no permission to be sent.
final class AdminActions {
  private final PrometheusPorts.Admin admin;
  private final boolean enabled;

  AdminActions(PrometheusPorts.Admin admin, boolean enabled) {
    this.admin = admin;
    this.enabled = enabled;
  }

  Endpoint permitted(Endpoint action) {
    return request -> {
      if (!enabled) {
        return Envelope.error(503, "unavailable", "admin APIs disabled");
      }
      String site = request.header("sec-fetch-site").orElse("none");
      return site.equals("none") || site.equals("same-origin")
          ? action.answer(request)
          : Envelope.error(403, "forbidden", "pages of other origins may not change data");
    };
  }

  Reply deleteSeries(Request request) {
    Params params = new Params(request);
    List<List<Matcher>> selectors = params.requiredSelectors();
    long from = params.millis("start", -Params.FARTHEST);
    long to = params.millis("end", Params.FARTHEST);
    selectors.forEach(matchers -> admin.delete().delete(matchers, from, to));
    return Reply.empty(204);
  }

  Reply cleanTombstones(Request request) {
    admin.clean().clean();
    return Reply.empty(204);
  }

  Reply compact(Request request) {
    admin.compact().compact();
    return Reply.empty(204);
  }

  Reply snapshot(Request request) {
    boolean skipHead = new Params(request).flag("skip_head", "unable to parse boolean");
    return Envelope.success(Map.of("name", admin.snapshot().take(skipHead)));
  }
}
