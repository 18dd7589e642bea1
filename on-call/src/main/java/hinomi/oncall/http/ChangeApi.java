package hinomi.oncall.http;

import hinomi.model.BadInput;
import hinomi.oncall.OnCallSchedules;
import hinomi.oncall.change.Change;
import hinomi.oncall.change.Change.Signature;
import hinomi.oncall.change.ChangeTable.Outcome;
import hinomi.oncall.change.Step;
import hinomi.oncall.change.What;
import hinomi.oncall.rotation.Span;
import hinomi.oncall.rotation.Turn;
import hinomi.web.Reply;
import hinomi.web.Request;
import hinomi.web.Routes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Changes of schedules: list, make (or, with `dry-run=true`, only say what it would change),
/// accept, decline, approve, withdraw, and what was done by whom.
final class ChangeApi {
  private static final String ROOT = "/api/hinomi/v1/schedules/{schedule}/changes";
  private static final int MAX_ENTRIES = 1_000;

  private final OnCallSchedules schedules;

  ChangeApi(OnCallSchedules schedules) {
    this.schedules = schedules;
  }

  void routes(Routes routes) {
    routes
        .get(ROOT, this::all)
        .post(ROOT, Routes.DEFAULT_MAX_BODY, this::make)
        .post(ROOT + "/{change}/{step}", Routes.DEFAULT_MAX_BODY, this::step)
        .get("/api/hinomi/v1/schedules/{schedule}/audit", this::audit);
  }

  private Reply all(Request request) {
    Asking asking = new Asking(request, schedules);
    Views views = asking.views();
    return Reply.json(
            Map.of("changes", schedules.changes(asking.id()).stream().map(views::change).toList()))
        .gzippedFor(request);
  }

  private Reply make(Request request) {
    Asking asking = new Asking(request, schedules);
    Body body = Body.of(request, asking.clock());
    Signature made = new Signature(body.text("by"), schedules.time().now(), body.text("reason"));
    What what = what(body);
    Span span = body.span();
    body.end();
    Change wanted = new Change(asking.id(), span, what, made);
    if (request.param("dry-run").filter("true"::equals).isPresent()) {
      return Reply.json(asking.views().difference(schedules.preview(wanted)));
    }
    return Reply.json(201, asking.views().change(schedules.make(wanted)));
  }

  private static What what(Body body) {
    String kind = body.text("kind");
    return switch (kind) {
      case "override" -> new What.StandIn(body.text("person"), body.text("instead-of", ""));
      case "swap" ->
          new What.Swap(
              body.text("asks", body.text("by")),
              body.text("partner"),
              body.has("return") ? Optional.of(inner(body.inner("return"))) : Optional.empty());
      case "temporary" -> {
        List<Turn> turns = new ArrayList<>();
        for (Body turn : body.list("turns")) {
          turns.add(new Turn(turn.span(), turn.text("person")));
          turn.end();
        }
        yield new What.Temporary(turns);
      }
      default ->
          throw new BadInput("kind: expected override, swap or temporary, got \"" + kind + "\"");
    };
  }

  private static Span inner(Body body) {
    Span span = body.span();
    body.end();
    return span;
  }

  private Reply step(Request request) {
    Asking asking = new Asking(request, schedules);
    Step step =
        Step.of(request.captured("step"))
            .orElseThrow(() ->
                new hinomi.model.Missing("a change knows accept, decline, approve and withdraw"));
    Body body = Body.of(request, asking.clock());
    Signature signed =
        new Signature(body.text("by"), schedules.time().now(), body.text("reason", ""));
    int version = body.number("version");
    body.end();
    long id = number("change", request.captured("change"));
    return switch (schedules.step(asking.id(), id, version, step, signed)) {
      case Outcome.Done(Change change) -> Reply.json(asking.views().change(change));
      case Outcome.Outdated(Change present) -> Reply.json(409, asking.views().change(present));
    };
  }

  private Reply audit(Request request) {
    Asking asking = new Asking(request, schedules);
    Views views = asking.views();
    return Reply.json(
            Map.of(
                "entries",
                schedules.entries(asking.id(), MAX_ENTRIES).stream().map(views::entry).toList()))
        .gzippedFor(request);
  }

  static long number(String key, String text) {
    if (!text.matches("\\d{1,18}")) {
      throw new BadInput(key + ": expected a number, got \"" + text + "\"");
    }
    return Long.parseLong(text);
  }
}
