package hinomi.model;

/// One series that a selection found, unpacked only when somebody wants its samples. Stays readable
/// as long as it is held, whatever the store does meanwhile. Any thread; one at a time per
/// [Points].
public interface StoredSeries {
  Labels labels();

  /// How many samples [#read] may give at most: for room, not exact.
  int size();

  /// About how many samples [#read] will give: for limits and for what costs how much.
  default int expected() {
    return size();
  }

  /// Adds the samples of the selected time range, both ends included, staleness markers included.
  /// Throws [Unavailable] when they cannot be read.
  void read(Points into);
}
