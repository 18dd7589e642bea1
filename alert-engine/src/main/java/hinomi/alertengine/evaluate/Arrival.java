package hinomi.alertengine.evaluate;

import java.time.Instant;

/// Samples that wait to be looked at, or a slot.
///
/// @param at when the first of them arrived
/// @param newest time stamp among them
record Arrival(Instant at, Instant newest) {
  /// A slot's own time.
  static Arrival of(Instant slot) {
    return new Arrival(slot, slot);
  }
}
