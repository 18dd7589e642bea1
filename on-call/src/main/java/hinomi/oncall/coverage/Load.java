package hinomi.oncall.coverage;

import java.time.Duration;

/// What somebody carries.
///
/// @param total time on duty
/// @param nights of it between 22 and 6 by the schedule's clock
/// @param weekends on Saturdays and Sundays
/// @param holidays on the schedule's holidays
/// @param turns how often the duty begins
public record Load(
    Duration total, Duration nights, Duration weekends, Duration holidays, int turns) {
  public static final Load NONE =
      new Load(Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ZERO, 0);

  Load plus(Load other) {
    return new Load(
        total.plus(other.total),
        nights.plus(other.nights),
        weekends.plus(other.weekends),
        holidays.plus(other.holidays),
        turns + other.turns);
  }
}
