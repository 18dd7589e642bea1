package hinomi.console.form;

import java.time.Duration;

/// The time ranges that can be asked for, all ending now, with the step between a chart's points.
public enum Range {
  LAST_15M("15m", Duration.ofMinutes(15), Duration.ofSeconds(5)),
  LAST_1H("1h", Duration.ofHours(1), Duration.ofSeconds(15)),
  LAST_6H("6h", Duration.ofHours(6), Duration.ofMinutes(1)),
  LAST_24H("24h", Duration.ofHours(24), Duration.ofMinutes(5));

  private final String word;
  private final Duration length;
  private final Duration step;

  Range(String word, Duration length, Duration step) {
    this.word = word;
    this.length = length;
    this.step = step;
  }

  public String word() {
    return word;
  }

  public Duration length() {
    return length;
  }

  public Duration step() {
    return step;
  }

  /// The range of that word, or the last hour.
  public static Range of(String word) {
    for (Range range : values()) {
      if (range.word.equals(word)) {
        return range;
      }
    }
    return LAST_1H;
  }
}
