package hinomi.incidentrecords.manual;

import hinomi.incidentrecords.automatic.AlertFlow;
import hinomi.incidentrecords.postmortem.Postmortems;
import hinomi.incidentrecords.postmortem.Postmortems.Version;
import hinomi.incidentrecords.record.Alerts;
import hinomi.incidentrecords.record.Alerts.Alert;
import hinomi.incidentrecords.record.Row;
import hinomi.incidentrecords.record.Rows;
import hinomi.incidentrecords.record.Timeline;
import hinomi.incidentrecords.record.Updates;
import hinomi.incidentrecords.record.Words;
import hinomi.model.BadInput;
import hinomi.model.Incident.Stage;
import hinomi.model.Incident.Update;
import hinomi.model.Missing;
import hinomi.model.Text;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/// What people do to incidents; everything they do stands in the timeline with their name.
public final class PeopleFlow {
  private PeopleFlow() {}

  /// The row of an incident that exists.
  public static Row existing(Handle handle, String id) {
    return Rows.find(handle, id).orElseThrow(() -> new Missing("no incident \"" + id + "\""));
  }

  /// Opens an incident by hand: only a person ends it.
  ///
  /// @return its id
  public static String declare(Handle handle, Declaration declaration, ZoneId zone, Instant now) {
    Row row =
        new Row(
            Rows.nextId(handle, declaration.startedAt(), zone),
            declaration.title(),
            declaration.impact(),
            Stage.INVESTIGATING,
            true,
            declaration.components(),
            declaration.startedAt(),
            Optional.empty(),
            Optional.empty());
    Rows.add(handle, row);
    note(
        handle,
        row.id(),
        new Timeline.Entry(
            now, "opened", declaration.by(), "by hand, impact " + Words.of(row.impact())));
    Updates.add(handle, row, declaration.text(), declaration.by(), now);
    return row.id();
  }

  /// Publishes an update. An incident that a person resolves ended when its last alert did; one
  /// without alerts, or with alerts that still fire, ends now.
  public static Update update(Handle handle, String id, NewUpdate told, Instant now) {
    Row row = existing(handle, id);
    Instant end = AlertFlow.recovery(handle, id).orElse(now);
    Row changed = row.in(told.stage(), end);
    if (!row.open() && changed.open()) {
      changed = changed.reopened();
    }
    List<String> firing = firing(handle, id);
    if (row.open() && !changed.open() && !firing.isEmpty()) {
      note(
          handle,
          id,
          new Timeline.Entry(
              now, "resolved", told.by(), "while still firing: " + String.join(", ", firing)));
    }
    Rows.set(handle, changed);
    return Updates.add(handle, changed, told.text(), told.by(), now);
  }

  private static List<String> firing(Handle handle, String id) {
    return Alerts.behind(handle, id).stream()
        .filter(alert -> alert.resolvedAt().isEmpty())
        .map(Alert::name)
        .distinct()
        .collect(Collectors.toList());
  }

  /// Adds to the internal timeline.
  public static void note(Handle handle, String id, Timeline.Entry entry) {
    existing(handle, id);
    Timeline.add(handle, id, entry);
  }

  /// Saves a version of the post-mortem, which nobody outside sees yet.
  public static Version save(Handle handle, String id, Text markdown, String by, Instant now) {
    existing(handle, id);
    Version version = Postmortems.save(handle, id, markdown, by, now);
    note(
        handle, id, new Timeline.Entry(now, "postmortem", by, "saved version " + version.number()));
    return version;
  }

  /// Shows the newest version to everybody.
  public static Version publish(Handle handle, String id, String by, Instant now) {
    if (existing(handle, id).open()) {
      throw new BadInput("incident " + id + " is not resolved yet: publish its post-mortem then");
    }
    Version version =
        Postmortems.newest(handle, id)
            .orElseThrow(() ->
                new BadInput(
                    "incident "
                        + id
                        + " has no post-mortem: PUT the finished text first; the"
                        + " draft has questions that only people can answer"));
    Postmortems.publish(handle, id, version.number(), by, now);
    note(
        handle,
        id,
        new Timeline.Entry(now, "postmortem", by, "published version " + version.number()));
    return version;
  }
}
