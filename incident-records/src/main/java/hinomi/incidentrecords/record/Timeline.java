package hinomi.incidentrecords.record;

import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;

/// What happened in an incident, for those inside: alerts, pages and their acknowledgements,
/// updates, notes. Entries are added and never changed.
public final class Timeline {
  private Timeline() {}

  /// @param at when it happened
  /// @param kind `opened`, `alert`, `page`, `ack`, `update`, `note`, `postmortem`…
  /// @param who a person, or empty for this program
  public record Entry(Instant at, String kind, String who, String text) {}

  public static void add(Handle handle, String incident, Entry entry) {
    handle.execute(
        "insert into incident_timeline (incident, happened_at, kind, who, body)"
            + " values (?, ?, ?, ?, ?)",
        incident,
        entry.at().toEpochMilli(),
        entry.kind(),
        entry.who(),
        entry.text());
  }

  /// In the order of time, and of arrival within a millisecond.
  public static List<Entry> of(Handle handle, String incident) {
    return handle
        .createQuery("select * from incident_timeline where incident = ? order by happened_at, seq")
        .bind(0, incident)
        .map((found, _) ->
            new Entry(
                Instant.ofEpochMilli(found.getLong("happened_at")),
                found.getString("kind"),
                found.getString("who"),
                found.getString("body")))
        .list();
  }
}
