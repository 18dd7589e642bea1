package hinomi.incidentrecords.record;

import hinomi.model.AlertEvent;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;

/// Which alerts stand behind which incident.
public final class Alerts {
  private Alerts() {}

  /// An alert of an incident.
  ///
  /// @param resolvedAt absent while it fires
  public record Alert(
      String fingerprint,
      String incident,
      String name,
      String severity,
      Instant activeAt,
      Optional<Instant> resolvedAt) {}

  public static boolean known(Handle handle, AlertEvent event) {
    return handle
            .createQuery(
                "select count(*) from incident_alerts where fingerprint = ? and active_at = ?")
            .bind(0, event.fingerprint())
            .bind(1, event.activeAt().toEpochMilli())
            .mapTo(Integer.class)
            .one()
        > 0;
  }

  public static void add(Handle handle, String incident, AlertEvent event) {
    handle.execute(
        "insert into incident_alerts (fingerprint, active_at, incident, alertname, severity)"
            + " values (?, ?, ?, ?, ?)",
        event.fingerprint(),
        event.activeAt().toEpochMilli(),
        incident,
        event.alertname(),
        event.severity());
  }

  /// Notes the end of what fires under a fingerprint and began before the event.
  public static void resolve(Handle handle, AlertEvent event) {
    handle.execute(
        "update incident_alerts set resolved_at = ?"
            + " where fingerprint = ? and resolved_at is null and active_at <= ?",
        event.at().toEpochMilli(),
        event.fingerprint(),
        event.at().toEpochMilli());
  }

  /// The entries of one alert, newest first.
  public static List<Alert> of(Handle handle, String fingerprint) {
    return list(handle, "fingerprint = ? order by active_at desc", fingerprint);
  }

  /// The alerts behind an incident, oldest first.
  public static List<Alert> behind(Handle handle, String incident) {
    return list(handle, "incident = ? order by active_at, fingerprint", incident);
  }

  private static List<Alert> list(Handle handle, String condition, String argument) {
    return handle
        .createQuery("select * from incident_alerts where " + condition)
        .bind(0, argument)
        .map(Alerts::alert)
        .list();
  }

  private static Alert alert(ResultSet found, StatementContext context) throws SQLException {
    return new Alert(
        found.getString("fingerprint"),
        found.getString("incident"),
        found.getString("alertname"),
        found.getString("severity"),
        Instant.ofEpochMilli(found.getLong("active_at")),
        Rows.instant(found, "resolved_at"));
  }
}
