package hinomi.incidentrecords.postmortem;

import hinomi.model.Incident.Postmortem;
import hinomi.model.Text;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;

/// Post-mortems: every version is kept, and so is who published which of them and when. Readers see
/// the one that was published last.
public final class Postmortems {
  private Postmortems() {}

  /// A saved version.
  ///
  /// @param number from 1
  public record Version(int number, Text markdown, String author, Instant at) {}

  /// That a version was published.
  public record Publication(int version, String author, Instant at) {}

  public static Version save(
      Handle handle, String incident, Text markdown, String author, Instant now) {
    int number = newest(handle, incident).map(Version::number).orElse(0) + 1;
    handle.execute(
        "insert into incident_postmortems (incident, version, ja, en, author, written_at)"
            + " values (?, ?, ?, ?, ?, ?)",
        incident,
        number,
        markdown.ja(),
        markdown.en(),
        author,
        now.toEpochMilli());
    return new Version(number, markdown, author, now);
  }

  public static void publish(
      Handle handle, String incident, int version, String author, Instant now) {
    handle.execute(
        "insert into incident_publications (incident, version, author, published_at)"
            + " values (?, ?, ?, ?)",
        incident,
        version,
        author,
        now.toEpochMilli());
  }

  public static Optional<Version> newest(Handle handle, String incident) {
    return versions(handle, incident).stream().findFirst();
  }

  /// All versions, newest first.
  public static List<Version> versions(Handle handle, String incident) {
    return handle
        .createQuery("select * from incident_postmortems where incident = ? order by version desc")
        .bind(0, incident)
        .map(Postmortems::version)
        .list();
  }

  private static Version version(ResultSet found, StatementContext context) throws SQLException {
    return new Version(
        found.getInt("version"),
        new Text(found.getString("ja"), found.getString("en")),
        found.getString("author"),
        Instant.ofEpochMilli(found.getLong("written_at")));
  }

  /// All publications, oldest first.
  public static List<Publication> publications(Handle handle, String incident) {
    return handle
        .createQuery("select * from incident_publications where incident = ? order by seq")
        .bind(0, incident)
        .map((found, _) ->
            new Publication(
                found.getInt("version"),
                found.getString("author"),
                Instant.ofEpochMilli(found.getLong("published_at"))))
        .list();
  }

  /// What readers see, of several incidents.
  public static Map<String, Postmortem> published(Handle handle, Collection<String> incidents) {
    Map<String, Postmortem> published = new LinkedHashMap<>();
    if (incidents.isEmpty()) {
      return published;
    }
    handle
        .createQuery(
            "select p.incident, p.author, p.published_at, v.ja, v.en"
                + " from incident_publications p join incident_postmortems v"
                + " on v.incident = p.incident and v.version = p.version"
                + " where p.incident in (<ids>) order by p.seq")
        .bindList("ids", List.copyOf(incidents))
        .map((found, _) ->
            published.put(
                found.getString("incident"),
                new Postmortem(
                    new Text(found.getString("ja"), found.getString("en")),
                    found.getString("author"),
                    Instant.ofEpochMilli(found.getLong("published_at")))))
        .list();
    return published;
  }
}
