package hinomi.alertengine.journal;

import hinomi.alertengine.state.Transition;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/// The transition log: lines that are written in the transaction which changes the state they tell
/// of. Any thread.
public final class TransitionTable {
  /// More are not kept, whatever their age.
  static final int MOST = 1_000_000;

  private final AlertJournal journal;

  TransitionTable(AlertJournal journal) {
    this.journal = journal;
  }

  static void insert(Handle handle, List<Transition> transitions) {
    if (transitions.isEmpty()) {
      return;
    }
    try (PreparedBatch batch =
        handle.prepareBatch("insert into alert_transition (happened_at, line) values (?, ?)")) {
      transitions.forEach(one -> batch.add(one.at().toEpochMilli(), one.line()));
      int[] _ = batch.execute();
    }
  }

  /// Adds one that belongs to no change of an alert.
  public void add(Transition transition) {
    journal.write(handle -> {
      insert(handle, List.of(transition));
      return true;
    });
  }

  /// In the order in which they happened, of one time in that in which they were written.
  ///
  /// @param to excluded
  public List<String> between(Instant from, Instant to, int limit) {
    return journal.read(handle ->
        handle
            .createQuery(
                "select line from alert_transition where happened_at >= :from and happened_at < :to"
                    + " order by happened_at, seq limit :limit")
            .bind("from", from.toEpochMilli())
            .bind("to", to.toEpochMilli())
            .bind("limit", limit)
            .mapTo(String.class)
            .list());
  }

  /// How the engine last ended, as its newest own line tells: `new` when there is none.
  public String lastState() {
    return journal
        .read(handle ->
            handle
                .createQuery(
                    "select line from alert_transition where line like :pattern"
                        + " order by seq desc limit 1")
                .bind("pattern", "%Z\t" + Transition.ENGINE + "\t%")
                .mapTo(String.class)
                .findOne())
        .map(line -> Transition.heading(line).to())
        .map(state -> state.equals("running") ? "killed" : state)
        .orElse("new");
  }

  /// Forgets what is old, and the oldest of what is too much.
  static int prune(Handle handle, Instant before) {
    return handle.execute(
        "delete from alert_transition where happened_at < ? or seq <="
            + " (select max(seq) from alert_transition) - "
            + MOST,
        before.toEpochMilli());
  }
}
