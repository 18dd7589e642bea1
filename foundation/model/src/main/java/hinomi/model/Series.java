package hinomi.model;

/// The samples of one series in a time range, in time order, timestamps strictly rising. Who hands
/// it out gives the arrays away; nobody changes them afterwards.
///
/// @param labels the series
/// @param timestamps milliseconds since the epoch
/// @param values as many as timestamps; staleness markers included ([Sample#isStale])
@SuppressWarnings("ArrayRecordComponent") // a value of a hot path; never compared
public record Series(Labels labels, long[] timestamps, double[] values) {
  public Series {
    if (timestamps.length != values.length) {
      throw new IllegalStateException("BUG: timestamps and values differ in number");
    }
  }

  public int size() {
    return timestamps.length;
  }
}
