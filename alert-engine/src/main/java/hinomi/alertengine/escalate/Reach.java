package hinomi.alertengine.escalate;

import hinomi.alertengine.deliver.Outbox;
import hinomi.alertengine.journal.Delivery;
import hinomi.alertengine.journal.OutboxTable;
import hinomi.alertengine.route.Route;
import hinomi.alertengine.route.Routing;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Whom messages reached, as far as the ladder has to know.
///
/// @param everywhere targets that are told of every group
record Reach(OutboxTable outbox, Routing routing, List<String> everywhere) {
  /// Whether another target of the same step was reached or may be yet. What is told besides the
  /// ladder wakes nobody: it does not count.
  boolean somebodyElse(Delivery delivery) {
    Route route = delivery.notification().group().route();
    Set<String> besides = new HashSet<>(routing.receiver(route).targets());
    besides.addAll(everywhere);
    if (besides.contains(delivery.target())) {
      return true;
    }
    return outbox.ofGroup(delivery.groupId()).stream()
        .filter(other -> other.notification().at().equals(delivery.notification().at()))
        .filter(other -> !other.id().equals(delivery.id()))
        .filter(other -> !besides.contains(other.target()))
        .anyMatch(other ->
            switch (other.state()) {
              case SENT, SUPERSEDED -> true;
              case PENDING, SENDING -> other.attempts() < Outbox.ATTEMPTS_BEFORE_NEXT_STEP;
              case FAILED -> false;
            });
  }
}
