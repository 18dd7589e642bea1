package hinomi.alertengine.evaluate;

import hinomi.alertengine.group.PageGroup;
import java.time.Instant;

/// One evaluation of a group.
///
/// @param at time stamp of what it yields
/// @param queryAt the time it looks at: `at` less the group's offset
/// @param origin when what caused it arrived, and its trace
record Moment(Instant at, Instant queryAt, PageGroup.Origin origin) {}
