package hinomi.alertengine.calendar;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;

/// A stretch of every week in which a market is in one phase. Its ends are read off clocks on
/// walls, each of its own zone, so that a week may open by Tokyo's clock and close by New York's. A
/// time that a clock change leaves out is taken as much later as the clock is put forward; of one
/// that comes twice the first is meant.
record Session(String phase, End from, End to) {
  private static final int WEEK = DayOfWeek.values().length;

  /// A time of the week.
  ///
  /// @param nextDay that it is 24:00, the end of the day
  record End(DayOfWeek day, LocalTime time, boolean nextDay, ZoneId zone) {
    Instant on(LocalDate date) {
      return date.plusDays(nextDay ? 1 : 0).atTime(time).atZone(zone).toInstant();
    }

    private long minuteOfWeek() {
      long days = day.getValue() - 1L + (nextDay ? 1 : 0);
      return Duration.ofDays(days).plusNanos(time.toNanoOfDay()).toMinutes();
    }

    End on(DayOfWeek other) {
      return new End(other, time, nextDay, zone);
    }
  }

  /// One time that it comes.
  ///
  /// @param date on which it begins, by the clock of its beginning
  record Occurrence(LocalDate date, Instant from, Instant to) {
    boolean contains(Instant at) {
      return !at.isBefore(from) && at.isBefore(to);
    }

    /// Whether it is part of a day rather than of a week.
    boolean isOfADay() {
      return Duration.between(from, to).compareTo(Duration.ofHours(25)) <= 0;
    }
  }

  /// The latest that begins not after a time.
  Occurrence latest(Instant at) {
    LocalDate today = at.atZone(from.zone()).toLocalDate();
    LocalDate begin = today.with(TemporalAdjusters.previousOrSame(from.day()));
    // The day may have come, but not its time yet; or its time is of the day after, 24:00.
    while (from.on(begin).isAfter(at)) {
      begin = begin.minus(1, ChronoUnit.WEEKS);
    }
    return new Occurrence(begin, from.on(begin), to.on(begin.plusDays(days())));
  }

  private long days() {
    long days = Math.floorMod(to.day().getValue() - from.day().getValue(), WEEK);
    return days == 0 && to.minuteOfWeek() <= from.minuteOfWeek() ? WEEK : days;
  }
}
