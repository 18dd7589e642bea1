package hinomi.alertengine.journal;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/// What was decided, in order. Old rows go: by age, and the oldest when there are too many.
public final class DecisionTable {
  private static final int MAX_ROWS_READ = 2_000;

  private final AlertJournal journal;

  DecisionTable(AlertJournal journal) {
    this.journal = journal;
  }

  static void insert(Handle handle, List<Decision> decisions) {
    if (decisions.isEmpty()) {
      return;
    }
    try (PreparedBatch batch =
        handle.prepareBatch(
            "insert into alert_decision (at, kind, alert, group_id, document)"
                + " values (?, ?, ?, ?, ?)")) {
      for (Decision decision : decisions) {
        batch.add(
            decision.at().toEpochMilli(),
            decision.kind().word(),
            decision.alert(),
            decision.group(),
            Documents.write(decision.facts()));
      }
      batch.execute();
    }
  }

  /// About one alert between two times, both included, in order.
  public List<Decision> ofAlert(String fingerprint, Instant from, Instant to) {
    return journal.read(handle ->
        handle
            .createQuery(
                "select at, kind, alert, group_id, document from (select * from alert_decision"
                    + " where alert = :alert and at between :from and :to"
                    + " order by n desc limit :limit) as newest order by n")
            .bind("alert", fingerprint)
            .bind("from", from.toEpochMilli())
            .bind("to", to.toEpochMilli())
            .bind("limit", MAX_ROWS_READ)
            .map((row, _) -> decision(row))
            .list());
  }

  /// About some groups as a whole between two times, both included, in order.
  public List<Decision> ofGroups(Collection<String> ids, Instant from, Instant to) {
    if (ids.isEmpty()) {
      return List.of();
    }
    return journal.read(handle ->
        handle
            .createQuery(
                "select at, kind, alert, group_id, document from (select * from alert_decision"
                    + " where alert = '' and group_id in (<ids>) and at between :from and :to"
                    + " order by n desc limit :limit) as newest order by n")
            .bindList("ids", List.copyOf(ids))
            .bind("from", from.toEpochMilli())
            .bind("to", to.toEpochMilli())
            .bind("limit", MAX_ROWS_READ)
            .map((row, _) -> decision(row))
            .list());
  }

  /// Forgets what is older than a time, and the oldest of more than `most` rows.
  ///
  /// @return how many rows
  public int prune(Instant before, long most) {
    return journal.write(handle -> {
      int old = handle.execute("delete from alert_decision where at < ?", before.toEpochMilli());
      return old
          + handle.execute(
              "delete from alert_decision where n <= (select max(n) - ? from alert_decision)",
              most);
    });
  }

  private static Decision decision(ResultSet row) throws SQLException {
    Map<?, ?> facts = Documents.read(row.getString("document"), Map.class);
    Map<String, String> texts = new java.util.LinkedHashMap<>();
    facts.forEach((name, value) -> texts.put(name.toString(), value.toString()));
    return new Decision(
        Instant.ofEpochMilli(row.getLong("at")),
        Decision.Kind.valueOf(row.getString("kind").toUpperCase(Locale.ROOT)),
        row.getString("alert"),
        row.getString("group_id"),
        texts);
  }
}
