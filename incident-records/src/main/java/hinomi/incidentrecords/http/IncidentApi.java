package hinomi.incidentrecords.http;

import hinomi.incidentrecords.ComponentNames;
import hinomi.incidentrecords.IncidentRecords;
import hinomi.incidentrecords.manual.Declaration;
import hinomi.incidentrecords.manual.NewUpdate;
import hinomi.model.BadInput;
import hinomi.model.Incident.Impact;
import hinomi.model.Incident.Stage;
import hinomi.model.Incident.Update;
import hinomi.model.Text;
import hinomi.model.Time;
import hinomi.web.Reply;
import hinomi.web.Request;
import hinomi.web.Routes;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/// What engineers do with incidents, under `/api/hinomi/v1/incidents`. Bodies and answers are JSON;
/// a body with mistakes is answered with 400 and one line a mistake.
///
/// Who acts is said in the body (`by`): the listener admits only those who may.
public final class IncidentApi {
  private static final String PATH = "/api/hinomi/v1/incidents";
  private static final int MAX_LINE = 300;
  private static final int MAX_TEXT = 20_000;
  private static final int MAX_MARKDOWN = 400_000;

  private final IncidentRecords records;
  private final ComponentNames names;
  private final Time time;

  public IncidentApi(IncidentRecords records, ComponentNames names, Time time) {
    this.records = records;
    this.names = names;
    this.time = time;
  }

  public void routes(Routes routes) {
    routes
        .get(PATH, this::list)
        .post(PATH, this::declare)
        .get(PATH + "/{id}", request -> Reply.json(Views.details(records.details(id(request)))))
        .post(PATH + "/{id}/updates", this::update)
        .post(PATH + "/{id}/notes", this::note)
        .get(PATH + "/{id}/postmortem", this::postmortem)
        .put(PATH + "/{id}/postmortem", 4L * MAX_MARKDOWN, this::save)
        .post(PATH + "/{id}/postmortem/publish", this::publish);
  }

  private static String id(Request request) {
    return request.captured("id");
  }

  private Reply list(Request request) {
    int limit = request.param("limit").map(IncidentApi::limit).orElse(100);
    return Reply.json(
        Map.of("incidents", records.published(limit).stream().map(Views::incident).toList()));
  }

  private static int limit(String text) {
    try {
      int limit = Integer.parseInt(text);
      if (limit >= 1 && limit <= 10_000) {
        return limit;
      }
    } catch (NumberFormatException _) {
      // told below
    }
    throw new BadInput("limit: expected a number from 1 to 10000, got \"" + text + "\"");
  }

  private Reply declare(Request request) {
    Body body = Body.of(request);
    Text title = body.bilingual("title", MAX_LINE);
    Impact impact = body.choice("impact", Impact.MINOR);
    List<String> components = body.texts("components");
    for (int i = 0; i < components.size(); i++) {
      if (names.name(components.get(i)).isEmpty()) {
        body.mistake("components[" + i + "]", "no component \"" + components.get(i) + "\"");
      }
    }
    Text text = body.bilingual("text", MAX_TEXT);
    Instant now = time.now();
    Instant startedAt = body.time("started_at", now);
    if (startedAt.isAfter(now)) {
      body.mistake("started_at", "is in the future");
    }
    String by = body.text("by", MAX_LINE);
    body.done();
    Declaration declaration = new Declaration(title, impact, components, text, startedAt, by);
    return Reply.json(201, Views.details(records.declare(declaration)));
  }

  private Reply update(Request request) {
    Body body = Body.of(request);
    Stage stage = body.choice("stage", Stage.INVESTIGATING);
    Text text = body.bilingual("text", MAX_TEXT);
    String by = body.text("by", MAX_LINE);
    body.done();
    Update update = records.update(id(request), new NewUpdate(stage, text, by));
    return Reply.json(201, Views.update(update));
  }

  private Reply note(Request request) {
    Body body = Body.of(request);
    String text = body.text("text", MAX_TEXT);
    String by = body.text("by", MAX_LINE);
    body.done();
    records.note(id(request), text, by);
    return Reply.json(201, Views.details(records.details(id(request))));
  }

  private Reply postmortem(Request request) {
    return Reply.json(
        Views.postmortem(records.postmortems(id(request)), records.draft(id(request))));
  }

  private Reply save(Request request) {
    Body body = Body.of(request);
    Text markdown = body.bilingual("markdown", MAX_MARKDOWN);
    String by = body.text("by", MAX_LINE);
    body.done();
    return Reply.json(Views.version(records.savePostmortem(id(request), markdown, by)));
  }

  private Reply publish(Request request) {
    Body body = Body.of(request);
    String by = body.text("by", MAX_LINE);
    body.done();
    return Reply.json(Views.version(records.publishPostmortem(id(request), by)));
  }
}
