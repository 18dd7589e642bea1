package hinomi.servicelevels.ledger;

import hinomi.model.Condition;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jdbi.v3.core.statement.StatementContext;

/// The ledger's rows: `db/service-levels/V1__ledger.sql` says what each column is.
final class ClaimTable {
  private ClaimTable() {}

  /// Puts claims in the place of all of the same source from a time on.
  static void replace(Handle handle, Timeline.Unwritten unwritten) {
    String component = unwritten.of().component;
    String source = unwritten.of().source;
    handle.execute(
        "delete from service_level_claims where component = ? and source = ? and begins >= ?",
        component,
        source,
        unwritten.from().toEpochMilli());
    if (!unwritten.claims().isEmpty()) {
      PreparedBatch batch =
          handle.prepareBatch(
              "insert into service_level_claims"
                  + " (component, source, begins, measured, ends, says, detail)"
                  + " values (?, ?, ?, ?, ?, ?, ?)");
      for (Claim claim : unwritten.claims()) {
        batch.add(
            component,
            source,
            claim.from().toEpochMilli(),
            claim.measured().toEpochMilli(),
            claim.until().toEpochMilli(),
            claim.condition().name(),
            claim.detail());
      }
      batch.execute();
    }
    for (Amendment amendment : unwritten.amendments()) {
      handle.execute(
          "insert into service_level_amendments"
              + " (component, source, amended_at, begins, ends, was, becomes, detail)"
              + " values (?, ?, ?, ?, ?, ?, ?, ?)",
          component,
          source,
          amendment.at().toEpochMilli(),
          amendment.from().toEpochMilli(),
          amendment.to().toEpochMilli(),
          amendment.was().name(),
          amendment.becomes().name(),
          amendment.detail());
    }
  }

  /// All claims that say anything after a time.
  static List<Claim> since(Handle handle, Instant from) {
    return handle
        .createQuery(
            "select * from service_level_claims where ends > ? order by component, source, begins")
        .bind(0, from.toEpochMilli())
        .map(ClaimTable::claim)
        .list();
  }

  static List<Claim> of(Handle handle, String component, Instant from, Instant to) {
    return handle
        .createQuery(
            "select * from service_level_claims"
                + " where component = ? and ends > ? and begins < ? order by source, begins")
        .bind(0, component)
        .bind(1, from.toEpochMilli())
        .bind(2, to.toEpochMilli())
        .map(ClaimTable::claim)
        .list();
  }

  static List<Amendment> amendments(Handle handle, String component) {
    return handle
        .createQuery(
            "select * from service_level_amendments where component = ?"
                + " order by amended_at, source, begins")
        .bind(0, component)
        .map(ClaimTable::amendment)
        .list();
  }

  private static Claim claim(ResultSet row, StatementContext context) throws SQLException {
    return new Claim(
        row.getString("component"),
        row.getString("source"),
        Condition.valueOf(row.getString("says")),
        Instant.ofEpochMilli(row.getLong("begins")),
        Instant.ofEpochMilli(row.getLong("measured")),
        Instant.ofEpochMilli(row.getLong("ends")),
        row.getString("detail"));
  }

  private static Amendment amendment(ResultSet row, StatementContext context) throws SQLException {
    return new Amendment(
        row.getString("component"),
        row.getString("source"),
        Instant.ofEpochMilli(row.getLong("amended_at")),
        Instant.ofEpochMilli(row.getLong("begins")),
        Instant.ofEpochMilli(row.getLong("ends")),
        Condition.valueOf(row.getString("was")),
        Condition.valueOf(row.getString("becomes")),
        row.getString("detail"));
  }
}
