package hinomi.alertengine.journal;

import hinomi.alertengine.group.PageGroup;
import java.util.List;

/// What is written in one transaction.
public record Batch(
    List<StoredAlert> alerts,
    List<StoredAlert> forgotten,
    List<PageGroup> groups,
    List<Delivery> deliveries,
    List<Decision> decisions) {
  public Batch {
    alerts = List.copyOf(alerts);
    forgotten = List.copyOf(forgotten);
    groups = List.copyOf(groups);
    deliveries = List.copyOf(deliveries);
    decisions = List.copyOf(decisions);
  }

  public boolean isEmpty() {
    return alerts.isEmpty()
        && forgotten.isEmpty()
        && groups.isEmpty()
        && deliveries.isEmpty()
        && decisions.isEmpty();
  }
}
