package hinomi.oncall.change;

import hinomi.model.Missing;
import hinomi.oncall.change.Change.Signature;
import hinomi.oncall.change.Change.State;
import hinomi.oncall.rotation.Span;
import hinomi.oncall.rotation.Turn;
import hinomi.sql.Database;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;

/// Changes and what was done with them, in the records database. A step and the entry that tells it
/// are one transaction. Any thread.
public final class ChangeTable {
  private final Database database;

  /// Brings the tables to the newest version.
  public ChangeTable(Database database) {
    this.database = database;
    database.migrate("on_call", "db/on-call");
  }

  /// What came of a step.
  public sealed interface Outcome {
    /// It is done, and on disk.
    record Done(Change change) implements Outcome {}

    /// Somebody was faster: the change is not as it was when the step was decided on.
    record Outdated(Change present) implements Outcome {}
  }

  /// Judges a change as it is now.
  @FunctionalInterface
  public interface Decision {
    State next(Change present);
  }

  /// Keeps a new change.
  public Change make(Change change, State state) {
    return database.write(handle -> {
      Change next = change.in(state, state == State.IN_FORCE ? nextOrder(handle) : 0);
      Change kept = next.kept(insert(handle, next));
      if (kept.what() instanceof What.Temporary temporary) {
        for (Turn turn : temporary.turns()) {
          handle.execute(
              "insert into oncall_turns (change, from_at, to_at, person) values (?, ?, ?, ?)",
              kept.id(),
              turn.from().toEpochMilli(),
              turn.to().toEpochMilli(),
              turn.person());
        }
      }
      enter(handle, new Entry(kept.id(), kept.schedule(), kept.version(), "made", kept.made()));
      return kept;
    });
  }

  /// Takes a step with a change, if it still has the version that is named.
  public Outcome step(long id, int version, Decision decision, Step step, Signature signed) {
    return database.write(handle -> {
      Change present = find(handle, id);
      if (present.version() != version) {
        return new Outcome.Outdated(present);
      }
      State state = decision.next(present);
      Change next =
          state == State.WITHDRAWN
              ? present.withdrawn(signed.at())
              : present.in(state, state == State.IN_FORCE ? nextOrder(handle) : present.order());
      update(handle, next);
      enter(handle, new Entry(id, next.schedule(), next.version(), step.done(), signed));
      return new Outcome.Done(next);
    });
  }

  /// All changes of all schedules, the oldest first.
  public List<Change> all() {
    return database.read(handle -> select(handle, Optional.empty()));
  }

  /// One that is there, or [Missing].
  public Change find(long id) {
    return database.read(handle -> find(handle, id));
  }

  /// What was done with the changes of a schedule, the latest first.
  public List<Entry> entries(String schedule, int limit) {
    return database.read(handle ->
        handle
            .createQuery(
                "select * from oncall_entries where schedule = :schedule order by seq desc limit"
                    + " :n")
            .bind("schedule", schedule)
            .bind("n", limit)
            .map((row, _) ->
                new Entry(
                    row.getLong("change"),
                    row.getString("schedule"),
                    row.getInt("version"),
                    row.getString("action"),
                    new Signature(
                        row.getString("who"), instant(row, "at"), row.getString("reason"))))
            .list());
  }

  private static long nextOrder(Handle handle) {
    return handle
        .createQuery("select coalesce(max(force_order), 0) + 1 from oncall_changes")
        .mapTo(Long.class)
        .one();
  }

  private static long insert(Handle handle, Change change) {
    String person = "";
    String other = "";
    Optional<Span> back = Optional.empty();
    switch (change.what()) {
      case What.StandIn standIn -> {
        person = standIn.person();
        other = standIn.insteadOf();
      }
      case What.Swap swap -> {
        person = swap.partner();
        other = swap.asks();
        back = swap.inReturn();
      }
      case What.Temporary _ -> {}
    }
    return handle
        .createUpdate(
            """
            insert into oncall_changes (schedule, kind, from_at, to_at, person, instead_of,
              return_from, return_to, state, force_order, version, made_by, made_at, reason)
            values (:schedule, :kind, :from, :to, :person, :other, :backFrom, :backTo, :state,
              :order, :version, :who, :at, :reason)
            """)
        .bind("schedule", change.schedule())
        .bind("kind", change.what().kind())
        .bind("from", change.span().from().toEpochMilli())
        .bind("to", change.span().to().toEpochMilli())
        .bind("person", person)
        .bind("other", other)
        .bind("backFrom", back.map(span -> span.from().toEpochMilli()).orElse(0L))
        .bind("backTo", back.map(span -> span.to().toEpochMilli()).orElse(0L))
        .bind("state", change.state().name())
        .bind("order", change.order())
        .bind("version", change.version())
        .bind("who", change.made().who())
        .bind("at", change.made().at().toEpochMilli())
        .bind("reason", change.made().reason())
        .executeAndReturnGeneratedKeys("id")
        .mapTo(Long.class)
        .one();
  }

  private static void update(Handle handle, Change change) {
    Optional<Span> back =
        change.what() instanceof What.Swap swap ? swap.inReturn() : Optional.empty();
    handle.execute(
        "update oncall_changes set state = ?, force_order = ?, version = ?, to_at = ?,"
            + " return_to = ? where id = ?",
        change.state().name(),
        change.order(),
        change.version(),
        change.span().to().toEpochMilli(),
        back.map(span -> span.to().toEpochMilli()).orElse(0L),
        change.id());
  }

  private static void enter(Handle handle, Entry entry) {
    handle.execute(
        "insert into oncall_entries (change, schedule, version, action, who, at, reason)"
            + " values (?, ?, ?, ?, ?, ?, ?)",
        entry.change(),
        entry.schedule(),
        entry.version(),
        entry.action(),
        entry.signed().who(),
        entry.signed().at().toEpochMilli(),
        entry.signed().reason());
  }

  private static Change find(Handle handle, long id) {
    return select(handle, Optional.of(id)).stream()
        .findFirst()
        .orElseThrow(() -> new Missing("there is no change " + id));
  }

  private static List<Change> select(Handle handle, Optional<Long> id) {
    Map<Long, List<Turn>> turns = new TreeMap<>();
    handle
        .createQuery("select * from oncall_turns order by change, from_at")
        .map((row, _) ->
            turns
                .computeIfAbsent(row.getLong("change"), _ -> new ArrayList<>())
                .add(new Turn(span(row, "from_at", "to_at"), row.getString("person"))))
        .list();
    String where = id.isPresent() ? " where id = :id" : "";
    return handle
        .createQuery("select * from oncall_changes" + where + " order by id")
        .bindMap(id.<Map<String, Object>>map(one -> Map.of("id", one)).orElse(Map.of()))
        .map((row, _) -> change(row, turns.getOrDefault(row.getLong("id"), List.of())))
        .list();
  }

  private static Change change(ResultSet row, List<Turn> turns) throws SQLException {
    String person = row.getString("person");
    String other = row.getString("instead_of");
    What what =
        switch (row.getString("kind")) {
          case "override" -> new What.StandIn(person, other);
          case "swap" ->
              new What.Swap(
                  other,
                  person,
                  row.getLong("return_to") == 0
                      ? Optional.empty()
                      : Optional.of(span(row, "return_from", "return_to")));
          case "temporary" -> new What.Temporary(turns);
          default ->
              throw new IllegalStateException("BUG: a change of the kind " + row.getString("kind"));
        };
    return new Change(
        row.getLong("id"),
        row.getString("schedule"),
        span(row, "from_at", "to_at"),
        what,
        State.valueOf(row.getString("state")),
        row.getLong("force_order"),
        row.getInt("version"),
        new Signature(row.getString("made_by"), instant(row, "made_at"), row.getString("reason")));
  }

  private static Span span(ResultSet row, String from, String to) throws SQLException {
    return new Span(instant(row, from), instant(row, to));
  }

  private static Instant instant(ResultSet row, String column) throws SQLException {
    return Instant.ofEpochMilli(row.getLong(column));
  }
}
