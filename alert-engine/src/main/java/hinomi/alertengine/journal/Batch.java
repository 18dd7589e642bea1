package hinomi.alertengine.journal;

import java.util.List;

/// What is written in one transaction.
///
/// @param rows of other tables
public record Batch(
    List<StoredAlert> alerts,
    List<StoredAlert> forgotten,
    List<GroupChange> groups,
    List<Delivery> deliveries,
    List<Decision> decisions,
    List<Row> rows) {
  public Batch {
    alerts = List.copyOf(alerts);
    forgotten = List.copyOf(forgotten);
    groups = List.copyOf(groups);
    deliveries = List.copyOf(deliveries);
    decisions = List.copyOf(decisions);
    rows = List.copyOf(rows);
  }

  /// Rows alone.
  public static Batch of(List<Row> rows) {
    return new Batch(List.of(), List.of(), List.of(), List.of(), List.of(), rows);
  }

  public boolean isEmpty() {
    return alerts.isEmpty()
        && forgotten.isEmpty()
        && groups.isEmpty()
        && deliveries.isEmpty()
        && decisions.isEmpty()
        && rows.isEmpty();
  }
}
