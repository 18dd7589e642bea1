package hinomi.alertengine.deliver;

import hinomi.alertengine.journal.Delivery;

/// What deliveries need to know of the groups they speak about.
public interface Pages {
  /// Whether anybody still needs this: no page about what is resolved or taken on by somebody.
  boolean isWanted(Delivery delivery);

  /// A target cannot be reached: the next step of the ladder must not wait for its time.
  void unreachable(Delivery delivery);
}
