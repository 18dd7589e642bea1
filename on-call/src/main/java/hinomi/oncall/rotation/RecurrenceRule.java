package hinomi.oncall.rotation;

import java.time.DayOfWeek;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// A recurrence rule of RFC 5545, 3.3.10, down to hours. Sets that are empty say nothing.
///
/// @param until the last time at which it may happen, by the wall clock
/// @param count how often it happens, or 0 for no limit
/// @param weekStart WKST
public record RecurrenceRule(
    Frequency frequency,
    int interval,
    Optional<LocalDateTime> until,
    int count,
    DayOfWeek weekStart,
    Parts by) {
  /// FREQ.
  public enum Frequency {
    YEARLY,
    MONTHLY,
    WEEKLY,
    DAILY,
    HOURLY
  }

  /// A day of BYDAY.
  ///
  /// @param ordinal the how manieth, from the end when negative, or 0 for every
  public record OrdinalDay(int ordinal, DayOfWeek day) {}

  /// The BY parts.
  public record Parts(
      Set<Integer> months,
      Set<Integer> weeks,
      Set<Integer> yearDays,
      Set<Integer> monthDays,
      List<OrdinalDay> days,
      Set<Integer> hours,
      Set<Integer> minutes,
      Set<Integer> positions) {
    public Parts {
      months = Set.copyOf(months);
      weeks = Set.copyOf(weeks);
      yearDays = Set.copyOf(yearDays);
      monthDays = Set.copyOf(monthDays);
      days = List.copyOf(days);
      hours = Set.copyOf(hours);
      minutes = Set.copyOf(minutes);
      positions = Set.copyOf(positions);
    }

    boolean nameNoDay() {
      return weeks.isEmpty() && yearDays.isEmpty() && monthDays.isEmpty() && days.isEmpty();
    }

    Parts with(Set<Integer> newMonths, Set<Integer> newMonthDays, List<OrdinalDay> newDays) {
      return new Parts(
          newMonths, weeks, yearDays, newMonthDays, newDays, hours, minutes, positions);
    }
  }

  /// With what the rule leaves to its first occurrence (DTSTART) written out: a yearly rule that
  /// names no day is on the first's date, and so on.
  RecurrenceRule from(LocalDateTime start) {
    Set<Integer> months = by.months();
    Set<Integer> monthDays = by.monthDays();
    List<OrdinalDay> days = by.days();
    List<OrdinalDay> sameDay = List.of(new OrdinalDay(0, start.getDayOfWeek()));
    if (by.nameNoDay()) {
      switch (frequency) {
        case YEARLY -> {
          months = months.isEmpty() ? Set.of(start.getMonthValue()) : months;
          monthDays = Set.of(start.getDayOfMonth());
        }
        case MONTHLY -> monthDays = Set.of(start.getDayOfMonth());
        case WEEKLY -> days = sameDay;
        case DAILY, HOURLY -> {}
      }
    } else if (!by.weeks().isEmpty()
        && days.isEmpty()
        && by.monthDays().isEmpty()
        && by.yearDays().isEmpty()) {
      days = sameDay;
    }
    return new RecurrenceRule(
        frequency, interval, until, count, weekStart, by.with(months, monthDays, days));
  }
}
