package hinomi.metricstore.chunk;

import hinomi.model.Points;

/// Some samples of one series in time order, wherever they lie: in the head, in a mapped block.
/// Immutable; any thread may read it.
public interface Piece {
  /// Milliseconds since the epoch of the earliest sample.
  long first();

  /// Milliseconds since the epoch of the latest sample.
  long last();

  /// The number of samples.
  int count();

  /// Adds the samples between `from` and `to`, both included, in time order.
  void read(long from, long to, Points into);

  /// Whether some of its samples may tell since when they count.
  default boolean hasStarts() {
    return false;
  }

  default boolean overlaps(long from, long to) {
    return first() <= to && last() >= from;
  }
}
