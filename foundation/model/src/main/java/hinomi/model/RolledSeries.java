package hinomi.model;

/// One series that a selection found, to be read in buckets where whole ones fit and in samples
/// elsewhere; the counterpart of [StoredSeries]. Any thread; one at a time per [Rolled].
public interface RolledSeries {
  Labels labels();

  /// About how many entries [#read] gives: for limits and for room.
  int size();

  /// Adds what there is of the selected ranges. Throws [Unavailable] when it cannot be read.
  void read(Rolled into);
}
