package hinomi.console.http;

import hinomi.console.Console;
import hinomi.console.ConsolePorts;
import hinomi.console.IncidentRecord;
import hinomi.console.form.Form;
import hinomi.console.render.Pages;
import hinomi.console.render.Visit;
import hinomi.model.Incident.Stage;
import hinomi.model.Text;
import hinomi.web.Reply;
import hinomi.web.Request;
import hinomi.web.Routes;
import java.util.Optional;

/// Incidents and what people do to them: public updates, notes, the post-mortem.
final class IncidentForms {
  private static final int NEWEST = 100;

  private final Console console;
  private final ConsolePorts.Incidents incidents;
  private final ConsolePorts.Postmortems postmortems;
  private final Pages pages;
  private final Doorway doorway;

  IncidentForms(Console console, Pages pages, Doorway doorway) {
    this.console = console;
    this.incidents = console.ports().incidents();
    this.postmortems = console.ports().postmortems();
    this.pages = pages;
    this.doorway = doorway;
  }

  void routes(Routes routes) {
    routes
        .get("/incidents", doorway.page((_, visit) -> list(visit)))
        .get("/incidents/{id}", doorway.page(this::one))
        .post("/incidents/{id}/updates", doorway.form(this::update))
        .post("/incidents/{id}/notes", doorway.form(this::note))
        .get("/incidents/{id}/postmortem", doorway.page(this::postmortem))
        .post("/incidents/{id}/postmortem", doorway.form(this::save))
        .get("/incidents/{id}/postmortem/publish", doorway.page(this::ask))
        .post("/incidents/{id}/postmortem/publish", doorway.form(this::publish));
  }

  private Reply list(Visit visit) {
    return Doorway.html(200, pages.incidents(visit, incidents.newest().newest(NEWEST)));
  }

  private IncidentRecord record(Request request) {
    return incidents.find().find(request.captured("id"));
  }

  private Reply one(Request request, Visit visit) {
    return Doorway.html(200, pages.incident(visit, record(request), "", Optional.empty()));
  }

  private Reply update(Request request, Visit visit) {
    IncidentRecord record = record(request);
    Form form = new Form(request);
    Stage stage = form.choice("stage", Stage.class);
    Text text = new Text(form.lines("ja", Form.TEXT), form.lines("en", Form.TEXT));
    String by = form.line("by", Form.NAME);
    if (!form.isGood()) {
      return Doorway.html(400, pages.incident(visit, record, "update", Optional.of(form)));
    }
    incidents.update().publish(record.incident().id(), stage, text, by);
    console.did("update");
    return Doorway.done(visit.links().incident(record.incident().id()), "updated", by);
  }

  private Reply note(Request request, Visit visit) {
    IncidentRecord record = record(request);
    Form form = new Form(request);
    String text = form.lines("text", Form.TEXT);
    String by = form.line("by", Form.NAME);
    if (!form.isGood()) {
      return Doorway.html(400, pages.incident(visit, record, "note", Optional.of(form)));
    }
    incidents.note().add(record.incident().id(), text, by);
    console.did("note");
    return Doorway.done(visit.links().incident(record.incident().id()), "noted", by);
  }

  /// Begins with the newest saved version; with the draft when there is none, or when it is asked
  /// for.
  private Reply postmortem(Request request, Visit visit) {
    IncidentRecord record = record(request);
    boolean drafted = record.versions().isEmpty() || request.param("draft").isPresent();
    Text start =
        drafted
            ? postmortems.draft().draft(record.incident().id())
            : record.versions().getFirst().markdown();
    return Doorway.html(200, pages.postmortem(visit, record, start, drafted, Optional.empty()));
  }

  private Reply save(Request request, Visit visit) {
    IncidentRecord record = record(request);
    Form form = new Form(request);
    Text markdown = new Text(form.lines("ja", Form.MARKDOWN), form.lines("en", Form.MARKDOWN));
    String by = form.line("by", Form.NAME);
    if (!form.isGood()) {
      return Doorway.html(400, pages.postmortem(visit, record, markdown, false, Optional.of(form)));
    }
    postmortems.save().save(record.incident().id(), markdown, by);
    console.did("postmortem");
    return Doorway.done(visit.links().incident(record.incident().id(), "postmortem"), "saved", by);
  }

  private Reply ask(Request request, Visit visit) {
    return Doorway.html(200, pages.publish(visit, record(request), Optional.empty()));
  }

  /// What is published is what was read: a version that somebody saved meanwhile is not.
  private Reply publish(Request request, Visit visit) {
    IncidentRecord record = record(request);
    Form form = new Form(request);
    String newest =
        record.versions().stream()
            .findFirst()
            .map(version -> Integer.toString(version.number()))
            .orElse("");
    form.unchanged("version", newest);
    form.confirmed("confirm");
    String by = form.line("by", Form.NAME);
    if (!form.isGood()) {
      return Doorway.html(400, pages.publish(visit, record, Optional.of(form)));
    }
    postmortems.publish().publish(record.incident().id(), by);
    console.did("publish");
    return Doorway.done(visit.links().incident(record.incident().id()), "published", by);
  }
}
