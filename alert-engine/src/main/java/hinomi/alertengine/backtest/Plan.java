package hinomi.alertengine.backtest;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/// What a backtest is asked.
///
/// @param before the rules as they are
/// @param after the rules as they would be
/// @param to excluded
/// @param ackAfter when whoever is paged acknowledges; empty: as it is recorded
/// @param zone of local hours
/// @param asItRan also the looks between slots and the restarts that the live engine noted, and
///   nothing before: then its log comes out again
public record Plan(
    Setup before,
    Setup after,
    Instant from,
    Instant to,
    Optional<Duration> ackAfter,
    ZoneId zone,
    List<Labelled> incidents,
    boolean asItRan) {
  public Plan {
    incidents = List.copyOf(incidents);
  }

  /// When the replays begin.
  Instant begin() {
    Duration before = before().warming();
    Duration after = after().warming();
    return asItRan ? from : from.minus(before.compareTo(after) > 0 ? before : after);
  }
}
