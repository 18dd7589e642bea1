package hinomi.alertengine.external;

import hinomi.settings.Section;
import java.time.Duration;

/// Keys of the section `alerting`.
///
/// @param resolveTimeout how long an alert stands whose sender named no end; zero: not said here
/// @param limit how many alerts of others may stand at once
public record ExternalConfig(Duration resolveTimeout, int limit) {
  /// Where nobody says another.
  public static final Duration RESOLVE_TIMEOUT = Duration.ofMinutes(5);

  private static final int DEFAULT_LIMIT = 50_000;
  private static final int MAX_LIMIT = 1_000_000;

  public static ExternalConfig from(Section alerting) {
    Duration timeout = alerting.duration("resolve-timeout", Duration.ZERO);
    if (timeout.isZero() && alerting.has("resolve-timeout")) {
      alerting.mistake("resolve-timeout", "expected a duration above zero");
    }
    return new ExternalConfig(
        timeout, alerting.number("external-limit", DEFAULT_LIMIT, 1, MAX_LIMIT));
  }

  /// The same with a timeout that counts where this one is not said.
  public ExternalConfig orElse(Duration otherTimeout) {
    return resolveTimeout.isZero() ? new ExternalConfig(otherTimeout, limit) : this;
  }
}
