package hinomi.alertengine.escalate;

import hinomi.alertengine.journal.Delivery;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Pages while the database fails: each group and target is told once, until a write succeeds
/// again. A missed page is worse than a doubled one. Guarded by its owner's lock.
public final class Unrecorded {
  private final Set<String> told = new HashSet<>();

  /// Sends without a record.
  @FunctionalInterface
  public interface Exit {
    void send(Delivery delivery);
  }

  void send(List<Delivery> deliveries, Exit exit) {
    for (Delivery delivery : deliveries) {
      String what =
          delivery.notification().group().route().key()
              + delivery.target()
              + delivery.notification().reason()
              + delivery.notification().step();
      if (delivery.notification().group().route().page() && told.add(what)) {
        exit.send(delivery);
      }
    }
  }

  void clear() {
    told.clear();
  }
}
