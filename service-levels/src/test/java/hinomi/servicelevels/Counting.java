package hinomi.servicelevels;

import hinomi.model.ComponentStatus.Tally;
import hinomi.servicelevels.uptime.Interval;
import java.time.Duration;

/// Counts intervals by hand, as a reader of the page would.
final class Counting {
  private Counting() {}

  static Tally tally(Interval interval) {
    Duration length = interval.length();
    return switch (interval.condition()) {
      case UP -> new Tally(length, Duration.ZERO, Duration.ZERO);
      case DOWN -> new Tally(Duration.ZERO, length, Duration.ZERO);
      case UNKNOWN -> new Tally(Duration.ZERO, Duration.ZERO, length);
    };
  }
}
