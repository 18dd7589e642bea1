package hinomi.alertengine.deliver;

import hinomi.alertengine.journal.Delivery;

/// Tries once to bring a message to its target. Blocks, for at most half of [Outbox]'s lease; the
/// id of the delivery goes along as idempotency key.
@FunctionalInterface
public interface Courier {
  Outcome carry(Delivery delivery);
}
