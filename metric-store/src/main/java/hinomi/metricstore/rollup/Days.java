package hinomi.metricstore.rollup;

import java.time.Duration;

/// Days of UTC, in which is rolled up: the day that begins at `b` holds what is after `b` up to `b
/// + LENGTH`. Milliseconds since the epoch.
final class Days {
  static final long LENGTH = Duration.ofDays(1).toMillis();

  private Days() {}

  /// The begin of the day that holds a time.
  static long begin(long timestamp) {
    return (Math.ceilDiv(timestamp, LENGTH) - 1) * LENGTH;
  }
}
