package hinomi.model;

import java.util.List;

/// The samples of one series in a time range, in time order, timestamps strictly rising. Who hands
/// it out gives the arrays away; nobody changes them afterwards. A series may hold numbers and
/// native histograms, at different times.
///
/// @param labels the series
/// @param timestamps of the numbers, milliseconds since the epoch
/// @param values as many as timestamps; staleness markers included ([Sample#isStale])
/// @param histograms in time order
@SuppressWarnings("ArrayRecordComponent") // a value of a hot path; never compared
public record Series(
    Labels labels, long[] timestamps, double[] values, List<HistogramAt> histograms) {
  /// @param timestamp milliseconds since the epoch
  public record HistogramAt(long timestamp, Histogram value) {}

  public Series {
    if (timestamps.length != values.length) {
      throw new IllegalStateException("BUG: timestamps and values differ in number");
    }
    histograms = List.copyOf(histograms);
  }

  /// One of numbers alone.
  public Series(Labels labels, long[] timestamps, double[] values) {
    this(labels, timestamps, values, List.of());
  }

  /// The number of samples of both kinds.
  public int size() {
    return timestamps.length + histograms.size();
  }
}
