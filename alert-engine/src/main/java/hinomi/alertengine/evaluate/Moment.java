package hinomi.alertengine.evaluate;

import java.time.Instant;

/// One evaluation of a group.
///
/// @param at when alerts begin and end
/// @param queryAt the time it looks at, and the time stamp of the samples it yields: `at` less the
///   group's offset
/// @param arrivedAt when the samples arrived that caused it, or its slot
/// @param cause `samples` or `slot`
record Moment(Instant at, Instant queryAt, Instant arrivedAt, String cause) {}
