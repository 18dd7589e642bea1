package hinomi.console.http;

import hinomi.console.AlertGroup;
import hinomi.console.Console;
import hinomi.console.LogSearch;
import hinomi.console.form.Form;
import hinomi.console.form.Range;
import hinomi.console.render.Assets;
import hinomi.console.render.Pages;
import hinomi.console.render.Visit;
import hinomi.model.BadInput;
import hinomi.model.Missing;
import hinomi.web.Reply;
import hinomi.web.Request;
import hinomi.web.Routes;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;

/// The console at `/`: overview, page groups, logs, explore here; alerts, rules and reasons in
/// [WatchPages], silences in [SilenceForms], incidents in [IncidentForms].
public final class ConsolePages {
  private static final int MAX_QUERY = 5_000;

  /// Lines on a page: more than anybody reads, few enough for a phone.
  private static final int MAX_LINES = 200;

  private final Console console;
  private final Assets assets = new Assets();
  private final Pages pages;
  private final Doorway doorway;

  public ConsolePages(Console console) {
    this.console = console;
    this.pages = new Pages(console.config(), assets);
    this.doorway = new Doorway(console, pages);
  }

  public void routes(Routes routes) {
    routes
        .get("/", doorway.page((_, visit) -> overview(visit)))
        .get("/alerts/{group}", doorway.page(this::alert))
        .post("/alerts/{group}/acknowledge", doorway.form(this::acknowledge))
        .get("/logs", doorway.page(this::logs))
        .get("/explore", doorway.page(this::explore))
        .get("/console/{asset}", this::asset)
        .get("/favicon.ico", _ -> Reply.empty(204).with("Cache-Control", "max-age=86400"));
    new WatchPages(console, pages, doorway).routes(routes);
    new SilenceForms(console, pages, doorway).routes(routes);
    new IncidentForms(console, pages, doorway).routes(routes);
  }

  private Reply overview(Visit visit) {
    return Doorway.html(
        200, pages.overview(visit, console.overview(), console.ports().addresses()));
  }

  private Reply alert(Request request, Visit visit) {
    return Doorway.html(200, pages.alert(visit, group(request), Optional.empty()));
  }

  private AlertGroup group(Request request) {
    String id = request.captured("group");
    return console
        .ports()
        .alerts()
        .find()
        .find(id)
        .orElseThrow(() -> new Missing("there is no alert group \"" + id + "\""));
  }

  private Reply acknowledge(Request request, Visit visit) {
    Form form = new Form(request);
    String by = form.line("by", Form.NAME);
    String note = form.optionalLine("note", Form.LINE);
    AlertGroup group = group(request);
    if (!form.isGood()) {
      return Doorway.html(400, pages.alert(visit, group, Optional.of(form)));
    }
    console.ports().alerts().acknowledge().acknowledge(group.id(), by, note);
    console.did("acknowledge");
    boolean fromOverview = request.param("back").orElse("").equals("overview");
    return Doorway.done(
        fromOverview ? visit.links().to("/") : visit.links().alert(group.id()), "acknowledged", by);
  }

  private Reply logs(Request request, Visit visit) {
    Range range = range(request);
    if (request.param("q").isEmpty()) {
      return Doorway.html(200, pages.logs(visit, range));
    }
    String text = query(request);
    // Lines whose clock is a little ahead of ours are wanted too.
    Instant to = visit.now().plusSeconds(60);
    LogSearch search = new LogSearch(text, visit.now().minus(range.length()), to, MAX_LINES);
    return Doorway.html(
        200,
        pages.logs(
            visit,
            text,
            range,
            console.read("logs", () -> console.ports().data().logs().search(search))));
  }

  private Reply explore(Request request, Visit visit) {
    Range range = range(request);
    String text = query(request);
    if (text.isEmpty()) {
      return Doorway.html(200, pages.explore(visit, range));
    }
    Instant now = visit.now();
    var data = console.ports().data();
    return Doorway.html(
        200,
        pages.explore(
            visit,
            text,
            range,
            console.read("instant", () -> data.instant().at(text, now)),
            console.read(
                "range",
                () -> data.range().over(text, now.minus(range.length()), now, range.step()))));
  }

  private static Range range(Request request) {
    return Range.of(request.param("range").orElse(""));
  }

  private static String query(Request request) {
    String text = request.param("q").orElse("").replace("\r\n", "\n").strip();
    if (text.length() > MAX_QUERY) {
      throw new BadInput("a query has at most " + MAX_QUERY + " characters");
    }
    return text;
  }

  private Reply asset(Request request) {
    return assets
        .find(request.captured("asset"))
        .map(asset ->
            Reply.of(200, asset.kind().contentType(), asset.text().getBytes(StandardCharsets.UTF_8))
                .with("Cache-Control", "public, max-age=31536000, immutable"))
        .orElseThrow(() -> new Missing("there is no such file"));
  }
}
