package hinomi.oncall;

import hinomi.settings.Section;
import java.time.Duration;

/// What `on-call:` in `hinomi.yaml` says.
///
/// @param feedPast how far back a calendar feed goes
/// @param feedAhead how far ahead
/// @param horizon how far ahead coverage and the difference of two rosters are looked at
public record OnCallConfig(Duration feedPast, Duration feedAhead, Duration horizon) {
  private static final Duration MAX = Duration.ofDays(3 * 366L);

  public static OnCallConfig from(Section section) {
    return new OnCallConfig(
        bounded(section, "feed-past", Duration.ofDays(30)),
        bounded(section, "feed-ahead", Duration.ofDays(180)),
        bounded(section, "horizon", Duration.ofDays(364)));
  }

  private static Duration bounded(Section section, String key, Duration otherwise) {
    Duration value = section.duration(key, otherwise);
    if (value.compareTo(MAX) > 0 || value.isZero()) {
      section.mistake(key, "expected more than 0 and at most 3 years");
      return otherwise;
    }
    return value;
  }
}
