package hinomi.alertengine.journal;

import hinomi.alertengine.group.PageGroup;
import hinomi.alertengine.state.Alert;
import hinomi.model.Unavailable;
import hinomi.sql.Database;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;

/// The engine's tables. Any thread; a database that fails is [Unavailable].
public final class AlertJournal {
  private static final String ALIVE = "alive";
  private static final Upsert ALERTS =
      new Upsert("alert_state", List.of("phase", "document"), List.of("rule_id", "fingerprint"));

  private final Database database;

  /// Brings the tables to their newest version.
  public AlertJournal(Database database) {
    this.database = database;
    database.migrate("alert_engine", "db/alert-engine");
  }

  /// Writes all or nothing; durable when it returns.
  public void commit(Batch batch) {
    if (!batch.isEmpty()) {
      write(handle -> {
        put(handle, batch.alerts());
        forget(handle, batch.forgotten());
        GroupTable.put(handle, batch.groups());
        batch.deliveries().forEach(delivery -> OutboxTable.insert(handle, delivery));
        DecisionTable.insert(handle, batch.decisions());
        batch.rows().forEach(row -> row.write(handle));
        return true;
      });
    }
  }

  <T> T write(Database.Work<T> work) {
    try {
      return database.write(work);
    } catch (JdbiException e) {
      throw new Unavailable("the alert records cannot be written: " + e.getMessage(), e);
    }
  }

  /// Writes what does no harm when a power cut takes it back.
  <T> T writeUnsynced(Database.Work<T> work) {
    try {
      return database.writeUnsynced(work);
    } catch (JdbiException e) {
      throw new Unavailable("the alert records cannot be written: " + e.getMessage(), e);
    }
  }

  <T> T read(Database.Work<T> work) {
    try {
      return database.read(work);
    } catch (JdbiException e) {
      throw new Unavailable("the alert records cannot be read: " + e.getMessage(), e);
    }
  }

  private static void put(Handle handle, List<StoredAlert> alerts) {
    TransitionTable.insert(handle, alerts.stream().flatMap(one -> one.steps().stream()).toList());
    ALERTS.write(
        handle,
        alerts.stream()
            .map(stored ->
                new Object[] {
                  stored.alert().phase().name(),
                  Documents.write(stored.alert()),
                  stored.ruleId(),
                  stored.alert().fingerprint()
                })
            .toList());
  }

  private static void forget(Handle handle, List<StoredAlert> alerts) {
    TransitionTable.insert(handle, alerts.stream().flatMap(one -> one.steps().stream()).toList());
    for (StoredAlert stored : alerts) {
      handle.execute(
          "delete from alert_state where rule_id = ? and fingerprint = ?",
          stored.ruleId(),
          stored.alert().fingerprint());
    }
  }

  public List<StoredAlert> alerts() {
    return read(handle ->
        handle
            .createQuery("select rule_id, document from alert_state order by rule_id, fingerprint")
            .map((row, _) ->
                new StoredAlert(
                    row.getString("rule_id"),
                    Documents.read(row.getString("document"), Alert.class)))
            .list());
  }

  public List<PageGroup> openGroups() {
    return groups().open();
  }

  /// The newest first.
  public List<PageGroup> latestGroups(int limit) {
    return groups().latest(limit);
  }

  public Optional<PageGroup> group(String id) {
    return groups().group(id);
  }

  private GroupTable groups() {
    return new GroupTable(this);
  }

  /// Forgets groups that were closed before a time, with their deliveries.
  public int prune(Instant before) {
    return write(handle -> {
      String old = "select id from page_group where closed_at < " + before.toEpochMilli();
      handle.execute(
          "delete from delivery_attempt where outbox_id in"
              + " (select id from outbox where group_id in ("
              + old
              + "))");
      handle.execute("delete from outbox where group_id in (" + old + ")");
      int _ = TransitionTable.prune(handle, before);
      return GroupTable.prune(handle, before.toEpochMilli());
    });
  }

  /// Notes that the engine was watching at this time.
  public void alive(Instant at) {
    write(handle -> {
      String fact = Long.toString(at.toEpochMilli());
      if (handle.execute("update engine_fact set fact = ? where name = ?", fact, ALIVE) == 0) {
        handle.execute("insert into engine_fact (name, fact) values (?, ?)", ALIVE, fact);
      }
      return true;
    });
  }

  public Optional<Instant> lastAlive() {
    return fact(ALIVE).map(text -> Instant.ofEpochMilli(Long.parseLong(text)));
  }

  /// A fact that stays as it was first given.
  public String fact(String name, String otherwise) {
    Optional<String> known = fact(name);
    if (known.isPresent()) {
      return known.get();
    }
    write(handle ->
        handle.execute(
            "insert into engine_fact (name, fact) values (?, ?) on conflict do nothing",
            name,
            otherwise));
    return fact(name).orElse(otherwise);
  }

  Optional<String> fact(String name) {
    return read(handle ->
        handle
            .createQuery("select fact from engine_fact where name = :name")
            .bind("name", name)
            .mapTo(String.class)
            .findOne());
  }

  /// The same database's transition log.
  public TransitionTable transitions() {
    return new TransitionTable(this);
  }

  /// What was decided, in the same database.
  public DecisionTable decisions() {
    return new DecisionTable(this);
  }

  /// The same database's outbox.
  public OutboxTable outbox() {
    return new OutboxTable(this);
  }
}
