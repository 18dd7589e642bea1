package hinomi.servicelevels.ledger;

import hinomi.model.Condition;
import java.time.Instant;

/// A stretch of the past that a later measurement of the same source changed, as when a rule fires
/// after its `for` and dates the outage back to its beginning. Kept for good, so that no published
/// number changes silently.
///
/// @param at when the measurement was made that changed it
/// @param from the first moment that changed
/// @param to the first moment after it
/// @param was what had been shown until then
/// @param becomes what counts now
/// @param detail the measurement's line for a person
public record Amendment(
    String component,
    String source,
    Instant at,
    Instant from,
    Instant to,
    Condition was,
    Condition becomes,
    String detail) {}
