package hinomi.oncall.ical;

import hinomi.oncall.coverage.Leave;
import hinomi.oncall.rotation.Span;
import hinomi.sql.Database;
import java.time.Instant;
import java.util.List;

/// When people are away, as their calendars said when they were last read. Any thread.
public final class LeaveTable {
  private final Database database;

  /// @param database with the tables of [hinomi.oncall.change.ChangeTable]
  public LeaveTable(Database database) {
    this.database = database;
  }

  /// Takes the place of all that was known of somebody's leave.
  public void replace(String person, List<Leave> leaves) {
    int _ =
        database.write(handle -> {
          int gone = handle.execute("delete from oncall_leave where person = ?", person);
          for (Leave leave : leaves) {
            handle.execute(
                "insert into oncall_leave (person, from_at, to_at, summary) values (?, ?, ?, ?)",
                person,
                leave.span().from().toEpochMilli(),
                leave.span().to().toEpochMilli(),
                leave.summary());
          }
          return gone;
        });
  }

  /// Everybody's that has a part in a span, in order.
  public List<Leave> during(Span span) {
    return database.read(handle ->
        handle
            .createQuery(
                "select * from oncall_leave where from_at < :to and to_at > :from"
                    + " order by from_at, person")
            .bind("from", span.from().toEpochMilli())
            .bind("to", span.to().toEpochMilli())
            .map((row, _) ->
                new Leave(
                    row.getString("person"),
                    new Span(
                        Instant.ofEpochMilli(row.getLong("from_at")),
                        Instant.ofEpochMilli(row.getLong("to_at"))),
                    row.getString("summary")))
            .list());
  }
}
