package hinomi.promql.http;

import java.util.List;

/// The newest data of a store, those not in blocks yet, and what they consist of.
///
/// @param minTime oldest and
/// @param maxTime newest sample, milliseconds since the epoch
/// @param labelBytes by label name
public record StoreStatus(
    long series,
    long labelPairs,
    long chunks,
    long minTime,
    long maxTime,
    List<Count> seriesByMetric,
    List<Count> valuesByLabel,
    List<Count> labelBytes,
    List<Count> seriesByPair) {
  /// One entry of a list that is sorted by falling value.
  public record Count(String name, long value) {}
}
