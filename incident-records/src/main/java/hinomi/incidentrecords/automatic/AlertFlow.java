package hinomi.incidentrecords.automatic;

import hinomi.incidentrecords.ComponentNames;
import hinomi.incidentrecords.IncidentRecordsConfig;
import hinomi.incidentrecords.record.Alerts;
import hinomi.incidentrecords.record.Alerts.Alert;
import hinomi.incidentrecords.record.Row;
import hinomi.incidentrecords.record.Rows;
import hinomi.incidentrecords.record.Timeline;
import hinomi.incidentrecords.record.Updates;
import hinomi.incidentrecords.record.Words;
import hinomi.model.AlertEvent;
import hinomi.model.Incident.Impact;
import hinomi.model.Incident.Stage;
import hinomi.model.Text;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/// How alerts open, rejoin and end incidents. Told the same twice, it does nothing the second time:
/// an alert is known by its fingerprint and the time since which it is active.
///
/// ```
///            alert fires                 last alert ends            quiet for resolve-after
/// (none) ─────────────────► INVESTIGATING ────────────► MONITORING ─────────────────────► RESOLVED
///                                 ▲                          │
///                                 └──────────────────────────┘ an alert of the component fires
/// ```
///
/// An incident in a person's hands gets the alerts in its timeline, and only that.
public final class AlertFlow {
  private final IncidentRecordsConfig config;
  private final ComponentNames names;
  private final Wording wording;

  public AlertFlow(IncidentRecordsConfig config, ComponentNames names) {
    this.config = config;
    this.names = names;
    this.wording = new Wording(config.zone());
  }

  /// Takes the change of an alert that speaks about a component in.
  ///
  /// @return ids of the incidents that it changed
  public Set<String> apply(Handle handle, AlertEvent event, Instant now) {
    return switch (event.state()) {
      case FIRING -> firing(handle, event, now).map(Set::of).orElse(Set.of());
      case RESOLVED -> resolved(handle, event, now);
    };
  }

  private Optional<String> firing(Handle handle, AlertEvent event, Instant now) {
    if (Alerts.known(handle, event)) {
      return Optional.empty();
    }
    Optional<Alert> same =
        Alerts.of(handle, event.fingerprint()).stream()
            .filter(alert -> alert.resolvedAt().isEmpty())
            .findFirst();
    if (same.isPresent()) {
      // Still the same outage: the alert's beginning was forgotten in a restart.
      Alerts.add(handle, same.get().incident(), event);
      return Optional.empty();
    }
    Row row =
        Rows.openAbout(handle, event.component())
            .map(open -> join(handle, open, event, now))
            .orElseGet(() -> open(handle, event, now));
    return Optional.of(row.id());
  }

  private Row open(Handle handle, AlertEvent event, Instant now) {
    Impact impact = impact(event.severity());
    Text name = names.name(event.component());
    Row row =
        new Row(
            Rows.nextId(handle, event.activeAt(), config.zone()),
            wording.title(name, impact),
            impact,
            Stage.INVESTIGATING,
            false,
            List.of(event.component()),
            event.activeAt(),
            Optional.empty(),
            Optional.empty());
    Rows.add(handle, row);
    Alerts.add(handle, row.id(), event);
    note(handle, row, event);
    Timeline.add(
        handle,
        row.id(),
        new Timeline.Entry(now, "opened", "", "by itself, impact " + Words.of(impact)));
    Updates.add(handle, row, wording.opened(name, impact, event.activeAt()), "", now);
    return row;
  }

  private Row join(Handle handle, Row open, AlertEvent event, Instant now) {
    Alerts.add(handle, open.id(), event);
    note(handle, open, event);
    Text name = names.name(event.component());
    Row row = open.recovered(Optional.empty());
    Impact impact = impact(event.severity());
    if (event.activeAt().isBefore(row.startedAt())) {
      row = row.startedAt(event.activeAt());
    }
    if (!row.byPerson() && impact.compareTo(row.impact()) > 0) {
      row = row.titled(wording.title(name, impact), impact);
    }
    if (!row.byPerson() && row.stage() == Stage.MONITORING) {
      row = row.in(Stage.INVESTIGATING, now);
      Updates.add(handle, row, wording.again(name, event.activeAt()), "", now);
    }
    Rows.set(handle, row);
    return row;
  }

  private Set<String> resolved(Handle handle, AlertEvent event, Instant now) {
    Set<String> incidents =
        Alerts.of(handle, event.fingerprint()).stream()
            .filter(alert -> alert.resolvedAt().isEmpty())
            .filter(alert -> !alert.activeAt().isAfter(event.at()))
            .map(Alert::incident)
            .collect(Collectors.toSet());
    Alerts.resolve(handle, event);
    for (String id : incidents) {
      Rows.find(handle, id)
          .ifPresent(row -> {
            note(handle, row, event);
            recovery(handle, row.id()).ifPresent(at -> recovered(handle, row, at, now));
          });
    }
    return incidents;
  }

  /// When the last alert of an incident ended; empty while one fires or when there never was any.
  public static Optional<Instant> recovery(Handle handle, String incident) {
    List<Alert> alerts = Alerts.behind(handle, incident);
    return alerts.stream().anyMatch(alert -> alert.resolvedAt().isEmpty())
        ? Optional.empty()
        : alerts.stream().flatMap(alert -> alert.resolvedAt().stream()).max(Instant::compareTo);
  }

  private void recovered(Handle handle, Row open, Instant at, Instant now) {
    if (!open.open()) {
      return; // a person ended it while the alert still fired
    }
    Row row = open.recovered(Optional.of(at));
    if (!row.byPerson() && row.stage() != Stage.MONITORING) {
      row = row.in(Stage.MONITORING, now);
      Updates.add(handle, row, wording.recovered(name(row), at), "", now);
    }
    Rows.set(handle, row);
  }

  private Text name(Row row) {
    return row.components().isEmpty() ? Text.same("") : names.name(row.components().getFirst());
  }

  /// When an incident is to be resolved if nothing fires until then; empty if it is not.
  public Optional<Instant> due(Row row) {
    return row.byPerson() || row.stage() != Stage.MONITORING
        ? Optional.empty()
        : row.recoveredAt().map(at -> at.plus(config.resolveAfter()));
  }

  /// Resolves an incident that is due.
  public boolean settle(Handle handle, String id, Instant now) {
    Optional<Row> due =
        Rows.find(handle, id)
            .filter(row -> due(row).filter(when -> !when.isAfter(now)).isPresent());
    due.ifPresent(row -> {
      Instant end = row.recoveredAt().orElse(now);
      Row resolved = row.in(Stage.RESOLVED, end);
      Updates.add(handle, resolved, wording.resolved(name(row), row.startedAt(), end), "", now);
      Rows.set(handle, resolved);
    });
    return due.isPresent();
  }

  private static void note(Handle handle, Row row, AlertEvent event) {
    String summary = event.annotations().getOrDefault("summary", "");
    String severity = event.severity().isEmpty() ? "" : " (" + event.severity() + ")";
    Timeline.add(
        handle,
        row.id(),
        new Timeline.Entry(
            event.at(),
            "alert",
            "",
            Words.of(event.state())
                + ": "
                + event.alertname()
                + severity
                + (summary.isEmpty() ? "" : ": " + summary)));
  }

  private static Impact impact(String severity) {
    return switch (severity) {
      case "critical" -> Impact.CRITICAL;
      case "page" -> Impact.MAJOR;
      default -> Impact.MINOR;
    };
  }
}
