package hinomi.metricstore.compact;

import java.time.Duration;

/// The two grids of time on which blocks lie: spans, in which samples leave the head, and ranges of
/// several spans, into which blocks are merged.
///
/// @param span milliseconds
/// @param range milliseconds, a multiple of the span
public record Ranges(long span, long range) {
  /// About a day: 90 days are 90 blocks, and a series with a sample each 15 s is one chunk a day.
  private static final long AIM = Duration.ofDays(1).toMillis();

  public static Ranges of(Duration span) {
    long millis = span.toMillis();
    return new Ranges(millis, millis * Math.max(1, AIM / millis));
  }

  long spanBegin(long timestamp) {
    return Math.floorDiv(timestamp, span) * span;
  }

  long rangeBegin(long timestamp) {
    return Math.floorDiv(timestamp, range) * range;
  }
}
