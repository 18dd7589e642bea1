package hinomi.metricstore.rollup;

import hinomi.metricstore.compact.Ranges;
import java.time.Duration;
import java.util.List;

/// How wide buckets are, finest first. A bucket holds what is after its begin up to its end, which
/// is a multiple of its width, as the ranges of a query do.
public enum Tier {
  FIVE_MINUTES(0, "5m", Duration.ofMinutes(5), 30),
  HOUR(1, "1h", Duration.ofHours(1), 360),
  DAY(2, "1d", Duration.ofDays(1), 3600);

  static final List<Tier> ALL = List.of(values());

  private final int level;
  private final String text;
  private final long width;
  private final int days;

  /// @param days how many go into one block when they are past
  Tier(int level, String text, Duration width, int days) {
    this.level = level;
    this.text = text;
    this.width = width.toMillis();
    this.days = days;
  }

  /// Its place in [#ALL].
  int level() {
    return level;
  }

  /// As in the configuration and in folders' names.
  public String text() {
    return text;
  }

  /// Milliseconds.
  public long width() {
    return width;
  }

  Ranges ranges() {
    return new Ranges(Days.LENGTH, days * Days.LENGTH);
  }

  /// The end of the bucket in which a time lies.
  long end(long timestamp) {
    return Math.ceilDiv(timestamp, width) * width;
  }
}
