package hinomi.alertengine.evaluate;

import java.time.Instant;

/// One evaluation of a group.
///
/// @param at time stamp of what it yields
/// @param queryAt the time it looks at: `at` less the group's offset
/// @param arrivedAt when the samples arrived that caused it, or its slot
/// @param cause `samples` or `slot`
record Moment(Instant at, Instant queryAt, Instant arrivedAt, String cause) {}
