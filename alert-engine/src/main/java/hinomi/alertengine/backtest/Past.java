package hinomi.alertengine.backtest;

import hinomi.alertengine.DataPresence;
import hinomi.alertengine.LogQueries;
import hinomi.alertengine.Queries;
import hinomi.model.Vector;

/// The stored past, as the queries of a replay see it: that of the samples, or that of the lines.
///
/// @param vector at one time
/// @param rows at many
/// @param presence whether there is data at one time
/// @param end gives back what the queries work with
public record Past(Queries vector, RangeQueries rows, DataPresence presence, Runnable end) {
  /// Lines, of which there is nothing to give back, and whose absence is an answer.
  public static Past ofLogs(LogQueries vector, RangeQueries rows) {
    return new Past(
        (query, at) -> Vector.of(vector.vector(query, at)), rows, (_, _) -> true, () -> {});
  }
}
