package hinomi.model;

import java.util.List;

/// What was found for some [TimeRanges] in buckets.
///
/// @param exact whether every range is made of whole buckets and of samples. If not, samples at the
///   ends are gone, and a bucket counts to the range in which it ends
public record RolledSelection(List<? extends RolledSeries> series, boolean exact) {
  public RolledSelection {
    series = List.copyOf(series);
  }
}
