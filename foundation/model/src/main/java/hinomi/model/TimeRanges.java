package hinomi.model;

/// Ranges of time of equal length, one each stride: the samples after an end less the length
/// (left-open) up to the end. Milliseconds.
///
/// @param firstEnd where the first ends, since the epoch
/// @param stride from one end to the next; 0 where all are the same range
/// @param count how many, at least one
/// @param length of each
public record TimeRanges(long firstEnd, long stride, int count, long length) {
  public long end(int i) {
    return firstEnd + i * stride;
  }

  public long lastEnd() {
    return end(count - 1);
  }

  /// Where the first begins, excluded.
  public long begin() {
    return firstEnd - length;
  }
}
