package hinomi.alertengine.backtest;

import hinomi.alertengine.DataPresence;
import hinomi.alertengine.Queries;

/// The stored past, as the queries of a replay see it.
///
/// @param vector at one time
/// @param rows at many
/// @param presence whether there is data at one time
/// @param end gives back what the queries work with
public record Past(Queries vector, RangeQueries rows, DataPresence presence, Runnable end) {}
