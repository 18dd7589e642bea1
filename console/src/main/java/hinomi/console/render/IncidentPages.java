package hinomi.console.render;

import hinomi.console.IncidentRecord;
import hinomi.console.form.Form;
import hinomi.model.Incident;
import hinomi.model.Text;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Incidents: the list, one with its timeline and forms, its post-mortem, and the question before
/// that is published.
final class IncidentPages {
  private final Paper paper;

  IncidentPages(Paper paper) {
    this.paper = paper;
  }

  String list(Visit visit, List<Incident> incidents) {
    Map<String, Object> model =
        paper.sheet(visit, "incidents", paper.phrases(visit).say("incidents.title"));
    model.put("incidents", incidents);
    return paper.print(visit, "incidents", model);
  }

  /// @param name of the form that is shown again
  String one(Visit visit, IncidentRecord record, String name, Optional<Form> again) {
    Map<String, Object> model = sheet(visit, record);
    model.put("form", "");
    model.put("stages", List.of(Incident.Stage.values()));
    model.put("stage", record.incident().stage().name());
    again.ifPresent(form -> paper.again(model, visit, name, form));
    return paper.print(visit, "incident", model);
  }

  /// @param start what the text fields begin with
  /// @param drafted whether that is a draft which nobody has saved yet
  String postmortem(
      Visit visit, IncidentRecord record, Text start, boolean drafted, Optional<Form> again) {
    Map<String, Object> model = sheet(visit, record);
    model.put("start", start);
    model.put("drafted", drafted);
    again.ifPresent(form -> paper.again(model, visit, "postmortem", form));
    return paper.print(visit, "postmortem", model);
  }

  String publish(Visit visit, IncidentRecord record, Optional<Form> again) {
    Map<String, Object> model = sheet(visit, record);
    again.ifPresent(form -> paper.again(model, visit, "publish", form));
    return paper.print(visit, "publish", model);
  }

  private Map<String, Object> sheet(Visit visit, IncidentRecord record) {
    Phrases p = paper.phrases(visit);
    Map<String, Object> model =
        paper.sheet(
            visit, "incidents", record.incident().id() + " " + p.of(record.incident().title()));
    model.put("record", record);
    model.put("incident", record.incident());
    model.put("timeline", record.timeline().reversed());
    model.put("updates", record.incident().updates().reversed());
    return model;
  }
}
