package hinomi.oncall.rotation;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/// A hand-off every so many hours, days, weeks or months of the wall clock, counted from the first:
/// the n-th is `from` plus n times that, so that a month's 31st is the last day where there is
/// none, and the 31st again after it. Hours are those that the clock shows, too: 08:00 and 20:00
/// stay 08:00 and 20:00 all year, and a turn with a clock change in it is as much longer or
/// shorter. Who wants hours by the stopwatch has the schedule in UTC.
///
/// @param from the first hand-off
/// @param count of units, at least 1
public record Every(LocalDateTime from, int count, Unit unit) implements Rotation {
  /// What is counted.
  public enum Unit {
    HOUR(ChronoUnit.HOURS, Duration.ofHours(1)),
    DAY(ChronoUnit.DAYS, Duration.ofDays(1)),
    WEEK(ChronoUnit.WEEKS, Duration.ofDays(7)),
    MONTH(ChronoUnit.MONTHS, Duration.ofDays(31));

    private final ChronoUnit chrono;
    private final Duration longest;

    Unit(ChronoUnit chrono, Duration longest) {
      this.chrono = chrono;
      this.longest = longest;
    }
  }

  public Every {
    if (count < 1) {
      throw new IllegalArgumentException("a turn lasts at least one " + unit);
    }
  }

  @Override
  public List<Turn> turns(WallClock clock, List<String> people, Span span) {
    List<Turn> turns = new ArrayList<>();
    long n = Math.max(0, at(clock, span.from()));
    Instant begin = handOff(clock, n);
    while (begin.isBefore(span.to())) {
      Instant end = handOff(clock, n + 1);
      if (begin.isBefore(end) && end.isAfter(span.from())) {
        turns.add(new Turn(new Span(begin, end), Rotation.whose(people, n)));
      }
      begin = end;
      n++;
    }
    return turns;
  }

  /// The number of the turn at an instant; negative before the first. Of several hand-offs at the
  /// same instant, which a clock change can make, the last counts.
  long at(WallClock clock, Instant instant) {
    // Not more than one transition away from the right one.
    long passed = unit.chrono.between(from, clock.local(instant));
    long n = Math.floorDiv(passed, (long) count) - 1;
    while (!handOff(clock, n + 1).isAfter(instant)) {
      n++;
    }
    while (handOff(clock, n).isAfter(instant)) {
      n--;
    }
    return n;
  }

  private Instant handOff(WallClock clock, long n) {
    return clock.instant(from.plus(Math.multiplyExact(n, (long) count), unit.chrono));
  }

  /// The longest that a turn can be, up to clock changes.
  public Duration longest() {
    return unit.longest.multipliedBy(count);
  }
}
