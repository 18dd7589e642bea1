package hinomi.incidentrecords.record;

import hinomi.model.Incident.Impact;
import hinomi.model.Incident.Stage;
import hinomi.model.Text;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/// The table of incidents. Whoever writes is alone: see `IncidentRecords`.
public final class Rows {
  private Rows() {}

  /// The next free id of the day on which an incident began.
  public static String nextId(Handle handle, Instant startedAt, ZoneId zone) {
    int day = day(startedAt, zone);
    int number =
        handle
            .createQuery(
                "select coalesce(max(day_number), 0) + 1 from incidents where opened_day = ?")
            .bind(0, day)
            .mapTo(Integer.class)
            .one();
    return day + "-" + number;
  }

  private static int day(Instant at, ZoneId zone) {
    LocalDate date = LocalDate.ofInstant(at, zone);
    return date.getYear() * 10_000 + date.getMonthValue() * 100 + date.getDayOfMonth();
  }

  public static void add(Handle handle, Row row) {
    String[] id = row.id().split("-");
    handle.execute(
        "insert into incidents (id, opened_day, day_number, title_ja, title_en, impact, stage,"
            + " by_person, started_at, recovered_at, resolved_at)"
            + " values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        row.id(),
        Integer.parseInt(id[0]),
        Integer.parseInt(id[1]),
        row.title().ja(),
        row.title().en(),
        row.impact().name(),
        row.stage().name(),
        row.byPerson(),
        row.startedAt().toEpochMilli(),
        row.recoveredAt().map(Instant::toEpochMilli).orElse(null),
        row.resolvedAt().map(Instant::toEpochMilli).orElse(null));
    for (int i = 0; i < row.components().size(); i++) {
      handle.execute(
          "insert into incident_components (incident, place, component) values (?, ?, ?)",
          row.id(),
          i,
          row.components().get(i));
    }
  }

  /// Writes everything but the id and the components, which never change.
  public static void set(Handle handle, Row row) {
    handle.execute(
        "update incidents set title_ja = ?, title_en = ?, impact = ?, stage = ?, by_person = ?,"
            + " started_at = ?, recovered_at = ?, resolved_at = ? where id = ?",
        row.title().ja(),
        row.title().en(),
        row.impact().name(),
        row.stage().name(),
        row.byPerson(),
        row.startedAt().toEpochMilli(),
        row.recoveredAt().map(Instant::toEpochMilli).orElse(null),
        row.resolvedAt().map(Instant::toEpochMilli).orElse(null),
        row.id());
  }

  public static Optional<Row> find(Handle handle, String id) {
    return rows(handle, "id = ?", id).stream().findFirst();
  }

  /// The newest open incident about a component.
  public static Optional<Row> openAbout(Handle handle, String component) {
    return rows(
            handle,
            "stage <> 'RESOLVED'"
                + " and id in (select incident from incident_components where component = ?)",
            component)
        .stream()
        .findFirst();
  }

  /// All that are open, newest first.
  public static List<Row> open(Handle handle) {
    return rows(handle, "stage <> 'RESOLVED'");
  }

  /// The newest and all that are open, newest first.
  public static List<Row> newest(Handle handle, int limit) {
    return rows(
        handle,
        "stage <> 'RESOLVED' or id in (select id from incidents"
            + " order by started_at desc, opened_day desc, day_number desc limit ?)",
        limit);
  }

  private static List<Row> rows(Handle handle, String condition, Object... arguments) {
    Map<String, List<String>> components = new LinkedHashMap<>();
    String where = " where " + condition;
    var named =
        handle.createQuery(
            "select incident, component from incident_components where incident in"
                + " (select id from incidents"
                + where
                + ") order by incident, place");
    var query =
        handle.createQuery(
            "select * from incidents"
                + where
                + " order by started_at desc, opened_day desc, day_number desc");
    for (int i = 0; i < arguments.length; i++) {
      named.bind(i, arguments[i]);
      query.bind(i, arguments[i]);
    }
    named
        .mapToMap()
        .forEach(found ->
            components
                .computeIfAbsent(String.valueOf(found.get("incident")), _ -> new ArrayList<>())
                .add(String.valueOf(found.get("component"))));
    return query.map((found, _) -> row(found, components)).list();
  }

  private static Row row(ResultSet found, Map<String, List<String>> components)
      throws SQLException {
    String id = found.getString("id");
    return new Row(
        id,
        new Text(found.getString("title_ja"), found.getString("title_en")),
        Impact.valueOf(found.getString("impact")),
        Stage.valueOf(found.getString("stage")),
        found.getBoolean("by_person"),
        components.getOrDefault(id, List.of()),
        Instant.ofEpochMilli(found.getLong("started_at")),
        instant(found, "recovered_at"),
        instant(found, "resolved_at"));
  }

  static Optional<Instant> instant(ResultSet found, String column) throws SQLException {
    long value = found.getLong(column);
    return found.wasNull() ? Optional.empty() : Optional.of(Instant.ofEpochMilli(value));
  }
}
