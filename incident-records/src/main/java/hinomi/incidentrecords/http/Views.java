package hinomi.incidentrecords.http;

import hinomi.incidentrecords.postmortem.Postmortems.Version;
import hinomi.incidentrecords.record.Alerts.Alert;
import hinomi.incidentrecords.record.Details;
import hinomi.incidentrecords.record.Timeline;
import hinomi.incidentrecords.record.Words;
import hinomi.model.Incident;
import hinomi.model.Incident.Postmortem;
import hinomi.model.Incident.Update;
import hinomi.model.Text;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Records as JSON: names in snake_case, times in ISO 8601 UTC, what is absent left out.
final class Views {
  private Views() {}

  static Map<String, Object> incident(Incident incident) {
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("id", incident.id());
    view.put("title", text(incident.title()));
    view.put("impact", Words.of(incident.impact()));
    view.put("stage", Words.of(incident.stage()));
    view.put("components", incident.components());
    view.put("started_at", incident.startedAt().toString());
    incident.resolvedAt().map(Instant::toString).ifPresent(at -> view.put("resolved_at", at));
    view.put("updates", incident.updates().stream().map(Views::update).toList());
    incident.postmortem().ifPresent(one -> view.put("postmortem", postmortem(one)));
    return view;
  }

  static Map<String, Object> details(Details details) {
    Map<String, Object> view = incident(details.incident());
    view.put("ends_by", details.byPerson() ? "person" : "measurement");
    view.put("alerts", details.alerts().stream().map(Views::alert).toList());
    view.put("timeline", details.timeline().stream().map(Views::entry).toList());
    return view;
  }

  static Map<String, Object> update(Update update) {
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("number", update.number());
    view.put("stage", Words.of(update.stage()));
    view.put("text", text(update.text()));
    view.put("at", update.at().toString());
    return view;
  }

  static Map<String, Object> version(Version version) {
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("version", version.number());
    view.put("markdown", text(version.markdown()));
    view.put("by", version.author());
    view.put("at", version.at().toString());
    return view;
  }

  static Map<String, Object> postmortem(List<Version> versions, Text draft) {
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("draft", text(draft));
    view.put("versions", versions.stream().map(Views::version).toList());
    return view;
  }

  private static Map<String, Object> postmortem(Postmortem postmortem) {
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("markdown", text(postmortem.markdown()));
    view.put("by", postmortem.author());
    view.put("published_at", postmortem.publishedAt().toString());
    return view;
  }

  private static Map<String, Object> alert(Alert alert) {
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("fingerprint", alert.fingerprint());
    view.put("name", alert.name());
    view.put("severity", alert.severity());
    view.put("active_at", alert.activeAt().toString());
    alert.resolvedAt().map(Instant::toString).ifPresent(at -> view.put("resolved_at", at));
    return view;
  }

  private static Map<String, Object> entry(Timeline.Entry entry) {
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("at", entry.at().toString());
    view.put("kind", entry.kind());
    view.put("who", entry.who());
    view.put("text", entry.text());
    return view;
  }

  private static Map<String, Object> text(Text text) {
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("ja", text.ja());
    view.put("en", text.en());
    return view;
  }
}
