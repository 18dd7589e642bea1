package hinomi.alertengine.silence;

import hinomi.settings.Section;
import java.time.Duration;

/// Keys `silence-…` of the section `alerting`.
///
/// @param max how far ahead a silence may end
/// @param ownerRequired whether somebody has to answer for it
/// @param reasonRequired whether a comment has to say why
/// @param idle after how long without a match it is ended; zero: never
/// @param notice how long before its end its owner is told
/// @param retention how long what is over can be looked at
/// @param limit how many may be kept
public record SilenceConfig(
    Duration max,
    boolean ownerRequired,
    boolean reasonRequired,
    Duration idle,
    Duration notice,
    Duration retention,
    int limit) {
  private static final int DEFAULT_LIMIT = 10_000;
  private static final int MAX_LIMIT = 1_000_000;

  public static SilenceConfig from(Section alerting) {
    Duration max = alerting.duration("silence-max", Duration.ofDays(30));
    if (max.isZero()) {
      alerting.mistake("silence-max", "expected a duration above zero");
    }
    return new SilenceConfig(
        max,
        alerting.flag("silence-owner-required", true),
        alerting.flag("silence-reason-required", true),
        alerting.duration("silence-idle", Duration.ofDays(7)),
        alerting.duration("silence-notice", Duration.ofHours(1)),
        alerting.duration("silence-retention", Duration.ofHours(120)),
        alerting.number("silence-limit", DEFAULT_LIMIT, 1, MAX_LIMIT));
  }
}
