package hinomi.promql.http;

import hinomi.model.Labels;
import java.time.Duration;
import java.time.Instant;

/// One that sends samples here.
///
/// @param labels at least `instance` and `job`
/// @param lastPush when it was last heard
/// @param interval at which it means to send
/// @param lastError what was wrong with the last push; empty when nothing
public record Target(
    Labels labels, Instant lastPush, Duration interval, Health health, String lastError) {
  /// Whether it still sends.
  public enum Health {
    UP,
    DOWN,
    UNKNOWN
  }
}
