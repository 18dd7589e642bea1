package hinomi.incidentrecords.record;

import hinomi.model.Incident.Stage;
import hinomi.model.Incident.Update;
import hinomi.model.Text;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/// The public updates, numbered from 1 within each incident: 第1報, 第2報, …
public final class Updates {
  private Updates() {}

  /// Publishes one more, and notes it in the timeline.
  ///
  /// @param author empty: this program
  public static Update add(Handle handle, Row incident, Text text, String author, Instant now) {
    int number =
        handle
            .createQuery("select coalesce(max(n), 0) + 1 from incident_updates where incident = ?")
            .bind(0, incident.id())
            .mapTo(Integer.class)
            .one();
    Update update = new Update(number, incident.stage(), text, now);
    handle.execute(
        "insert into incident_updates (incident, n, stage, ja, en, published_at, author)"
            + " values (?, ?, ?, ?, ?, ?, ?)",
        incident.id(),
        number,
        incident.stage().name(),
        text.ja(),
        text.en(),
        now.toEpochMilli(),
        author);
    String told = "no. " + number + ", " + Words.of(incident.stage()) + ": " + text.en();
    Timeline.add(handle, incident.id(), new Timeline.Entry(now, "update", author, told));
    return update;
  }

  /// The updates of several incidents, each incident's oldest first.
  public static Map<String, List<Update>> of(Handle handle, Collection<String> incidents) {
    Map<String, List<Update>> updates = new LinkedHashMap<>();
    if (incidents.isEmpty()) {
      return updates;
    }
    handle
        .createQuery(
            "select * from incident_updates where incident in (<ids>) order by incident, n")
        .bindList("ids", List.copyOf(incidents))
        .map((found, _) -> {
          updates
              .computeIfAbsent(found.getString("incident"), _ -> new ArrayList<>())
              .add(
                  new Update(
                      found.getInt("n"),
                      Stage.valueOf(found.getString("stage")),
                      new Text(found.getString("ja"), found.getString("en")),
                      Instant.ofEpochMilli(found.getLong("published_at"))));
          return true;
        })
        .list();
    return updates;
  }
}
