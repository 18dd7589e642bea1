package hinomi.oncall.rotation;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.Set;

/// A time of day on some days. What ends not later than it begins ends on the next day; it belongs
/// to the day on which it began.
///
/// @param to midnight stands for the end of the day
public record Window(Set<DayOfWeek> days, OnHolidays holidays, LocalTime from, LocalTime to) {
  /// What holidays are to it.
  public enum OnHolidays {
    /// Days of the week as others.
    AS_USUAL,
    /// It is there on holidays too, whatever day of the week they are.
    ALSO,
    /// It is there on holidays only, if their day of the week is among its days.
    ONLY,
    /// It is never there on holidays.
    NEVER
  }

  public Window {
    days = Set.copyOf(days);
  }

  boolean on(LocalDate date, Holidays calendar) {
    boolean day = days.contains(date.getDayOfWeek());
    return switch (holidays) {
      case AS_USUAL -> day;
      case ALSO -> day || calendar.contains(date);
      case ONLY -> day && calendar.contains(date);
      case NEVER -> day && !calendar.contains(date);
    };
  }

  Span span(LocalDate date, WallClock clock) {
    LocalDate end = to.isAfter(from) ? date : date.plusDays(1);
    return clock.span(date.atTime(from), end.atTime(to));
  }

  /// By the wall clock.
  public Duration length() {
    Duration length = Duration.between(from, to);
    return length.isPositive() ? length : length.plusDays(1);
  }
}
