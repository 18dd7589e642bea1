package hinomi.alertengine.journal;

import hinomi.alertengine.group.Notification;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/// Messages that are to leave, and every attempt. A row is claimed by whoever raises its attempt
/// number first, so that two nodes on one database send it once. Who writes a row may claim it with
/// the same transaction: it begins with attempt 1, and is nobody else's until the lease ends.
public final class OutboxTable {
  private static final String COLUMNS =
      "id, group_id, target, state, due_at, attempts, created_at, origin_at, traceparent, document";
  private static final int MAX_DETAIL = 1_000;

  private final AlertJournal journal;

  OutboxTable(AlertJournal journal) {
    this.journal = journal;
  }

  static void insert(Handle handle, Delivery delivery) {
    handle.execute(
        "insert into outbox (" + COLUMNS + ") values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        delivery.id(),
        delivery.groupId(),
        delivery.target(),
        word(delivery.state()),
        delivery.dueAt().toEpochMilli(),
        delivery.attempts(),
        delivery.createdAt().toEpochMilli(),
        delivery.originAt().toEpochMilli(),
        delivery.traceparent(),
        Documents.write(delivery.notification()));
  }

  /// What is due: pending, or sending with a lease that has run out.
  public List<Delivery> due(Instant now, int limit) {
    return journal.read(handle ->
        handle
            .createQuery(
                "select "
                    + COLUMNS
                    + " from outbox where state in ('pending', 'sending') and due_at <= :now"
                    + " order by due_at, created_at limit :limit")
            .bind("now", now.toEpochMilli())
            .bind("limit", limit)
            .map((row, _) -> delivery(row))
            .list());
  }

  /// When the next row falls due.
  public Optional<Instant> nextDue() {
    return journal
        .read(handle ->
            handle
                .createQuery("select min(due_at) from outbox where state in ('pending', 'sending')")
                .mapTo(Long.class)
                .findOne())
        .map(Instant::ofEpochMilli);
  }

  public long depth() {
    return journal.read(handle ->
        handle
            .createQuery("select count(*) from outbox where state in ('pending', 'sending')")
            .mapTo(Long.class)
            .one());
  }

  /// Takes a row for the next attempt; empty when somebody else has. Not synced: a claim that a
  /// power cut takes back leaves a row that is due, and the page need not wait for the disk twice.
  ///
  /// @param until when the lease ends
  public Optional<Delivery> claim(Delivery delivery, Instant until) {
    int taken =
        journal.writeUnsynced(handle ->
            handle.execute(
                "update outbox set state = 'sending', due_at = ?, attempts = attempts + 1"
                    + " where id = ? and attempts = ? and state in ('pending', 'sending')",
                until.toEpochMilli(),
                delivery.id(),
                delivery.attempts()));
    return taken == 1 ? Optional.of(delivery.claimed(until)) : Optional.empty();
  }

  /// Takes back all claims, which are those of a process that is gone: only one at a time has the
  /// records open.
  public void release(Instant now) {
    int _ =
        journal.write(handle ->
            handle.execute(
                "update outbox set due_at = ? where state = 'sending' and due_at > ?",
                now.toEpochMilli(),
                now.toEpochMilli()));
  }

  /// Writes what became of an attempt. Not synced, so that the records of the pages that follow do
  /// not wait for the disk behind it: it survives the end of the process, and what a power cut
  /// takes back is sent again under the same key.
  ///
  /// @param dueAt when to try again, if the state is pending
  public void settle(Delivery.Attempt attempt, Delivery.State state, Instant dueAt) {
    journal.writeUnsynced(handle -> {
      handle.execute(
          "insert into delivery_attempt (outbox_id, number, started_at, ended_at, outcome, detail)"
              + " values (?, ?, ?, ?, ?, ?) on conflict do nothing",
          attempt.deliveryId(),
          attempt.number(),
          attempt.startedAt().toEpochMilli(),
          attempt.endedAt().toEpochMilli(),
          attempt.outcome(),
          attempt.detail().substring(0, Math.min(MAX_DETAIL, attempt.detail().length())));
      // A claim by somebody else in the meantime has a higher number: theirs then counts.
      return handle.execute(
          "update outbox set state = ?, due_at = ? where id = ? and attempts = ?"
              + " and state = 'sending'",
          word(state),
          dueAt.toEpochMilli(),
          attempt.deliveryId(),
          attempt.number());
    });
  }

  public List<Delivery> ofGroup(String groupId) {
    return journal.read(handle ->
        handle
            .createQuery(
                "select "
                    + COLUMNS
                    + " from outbox where group_id = :group order by created_at, id")
            .bind("group", groupId)
            .map((row, _) -> delivery(row))
            .list());
  }

  /// What was told since a time, the newest first; what went to several targets stands as often.
  public List<Delivery> toldSince(Instant from, int limit) {
    return journal.read(handle ->
        handle
            .createQuery(
                "select "
                    + COLUMNS
                    + " from outbox where created_at >= :from order by created_at desc, id"
                    + " limit :limit")
            .bind("from", from.toEpochMilli())
            .bind("limit", limit)
            .map((row, _) -> delivery(row))
            .list());
  }

  public List<Delivery.Attempt> attempts(String deliveryId) {
    return journal.read(handle ->
        handle
            .createQuery(
                "select number, started_at, ended_at, outcome, detail from delivery_attempt"
                    + " where outbox_id = :id order by number")
            .bind("id", deliveryId)
            .map((row, _) ->
                new Delivery.Attempt(
                    deliveryId,
                    row.getInt("number"),
                    Instant.ofEpochMilli(row.getLong("started_at")),
                    Instant.ofEpochMilli(row.getLong("ended_at")),
                    row.getString("outcome"),
                    row.getString("detail")))
            .list());
  }

  private static Delivery delivery(ResultSet row) throws SQLException {
    return new Delivery(
        row.getString("id"),
        row.getString("group_id"),
        row.getString("target"),
        Delivery.State.valueOf(row.getString("state").toUpperCase(Locale.ROOT)),
        Instant.ofEpochMilli(row.getLong("due_at")),
        row.getInt("attempts"),
        Instant.ofEpochMilli(row.getLong("created_at")),
        Instant.ofEpochMilli(row.getLong("origin_at")),
        row.getString("traceparent"),
        Documents.read(row.getString("document"), Notification.class));
  }

  private static String word(Delivery.State state) {
    return state.name().toLowerCase(Locale.ROOT);
  }
}
