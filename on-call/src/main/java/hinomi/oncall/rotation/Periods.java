package hinomi.oncall.rotation;

import hinomi.oncall.rotation.RecurrenceRule.Frequency;
import hinomi.oncall.rotation.RecurrenceRule.OrdinalDay;
import hinomi.oncall.rotation.RecurrenceRule.Parts;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.time.temporal.WeekFields;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// The years, months, weeks, days or hours that a rule steps through, and its times in each. Of the
/// days of a period those count that agree with all BY parts; RFC 5545 (3.3.10) says the same by
/// "expand" and "limit". Stateless; any thread.
final class Periods {
  private final RecurrenceRule rule;
  private final Parts by;
  private final LocalDateTime start;
  private final WeekFields weekFields;

  /// @param rule with nothing left to the first occurrence
  Periods(RecurrenceRule rule, LocalDateTime start) {
    this.rule = rule;
    this.by = rule.by();
    this.start = start;
    this.weekFields = WeekFields.of(rule.weekStart(), 4);
  }

  /// Where the n-th period begins.
  LocalDateTime begin(long n) {
    long steps = Math.multiplyExact(n, (long) rule.interval());
    LocalDate date = start.toLocalDate();
    return switch (rule.frequency()) {
      case YEARLY -> date.withDayOfYear(1).plusYears(steps).atStartOfDay();
      case MONTHLY -> date.withDayOfMonth(1).plusMonths(steps).atStartOfDay();
      case WEEKLY -> weekOf(date).plusWeeks(steps).atStartOfDay();
      case DAILY -> date.plusDays(steps).atStartOfDay();
      case HOURLY -> start.truncatedTo(ChronoUnit.HOURS).plusHours(steps);
    };
  }

  private LocalDate weekOf(LocalDate date) {
    return date.with(TemporalAdjusters.previousOrSame(rule.weekStart()));
  }

  /// Its times in the n-th period, in order.
  List<LocalDateTime> times(long n) {
    LocalDateTime begin = begin(n);
    LocalDate first = begin.toLocalDate();
    LocalDate last =
        switch (rule.frequency()) {
          case YEARLY -> first.with(TemporalAdjusters.lastDayOfYear());
          case MONTHLY -> first.with(TemporalAdjusters.lastDayOfMonth());
          case WEEKLY -> first.plusDays(6);
          case DAILY, HOURLY -> first;
        };
    Set<LocalTime> clock = clock(begin);
    List<LocalDateTime> times = new ArrayList<>();
    for (LocalDate date = first; !date.isAfter(last); date = date.plusDays(1)) {
      if (counts(date)) {
        for (LocalTime time : clock) {
          times.add(date.atTime(time));
        }
      }
    }
    return by.positions().isEmpty() ? times : positioned(times);
  }

  private Set<LocalTime> clock(LocalDateTime begin) {
    Set<Integer> minutes = by.minutes().isEmpty() ? Set.of(start.getMinute()) : by.minutes();
    Set<Integer> hours = by.hours().isEmpty() ? Set.of(start.getHour()) : by.hours();
    if (rule.frequency() == Frequency.HOURLY) {
      boolean counts = by.hours().isEmpty() || by.hours().contains(begin.getHour());
      hours = counts ? Set.of(begin.getHour()) : Set.of();
    }
    Set<LocalTime> clock = new TreeSet<>();
    for (int hour : hours) {
      for (int minute : minutes) {
        clock.add(LocalTime.of(hour, minute, start.getSecond()));
      }
    }
    return clock;
  }

  private List<LocalDateTime> positioned(List<LocalDateTime> times) {
    List<LocalDateTime> positioned = new ArrayList<>();
    for (int i = 0; i < times.size(); i++) {
      if (by.positions().contains(i + 1) || by.positions().contains(i - times.size())) {
        positioned.add(times.get(i));
      }
    }
    return positioned;
  }

  private boolean counts(LocalDate date) {
    return (by.months().isEmpty() || by.months().contains(date.getMonthValue()))
        && (by.weeks().isEmpty() || inWeek(date))
        && named(by.yearDays(), date.getDayOfYear(), date.lengthOfYear())
        && named(by.monthDays(), date.getDayOfMonth(), date.lengthOfMonth())
        && (by.days().isEmpty() || by.days().stream().anyMatch(day -> is(date, day)));
  }

  private static boolean named(Set<Integer> numbers, int number, int length) {
    return numbers.isEmpty()
        || numbers.contains(number)
        || numbers.contains(number - length - 1); // from the end
  }

  private boolean inWeek(LocalDate date) {
    int week = date.get(weekFields.weekOfWeekBasedYear());
    int weeks = (int) date.range(weekFields.weekOfWeekBasedYear()).getMaximum();
    return named(by.weeks(), week, weeks);
  }

  private boolean is(LocalDate date, OrdinalDay day) {
    if (date.getDayOfWeek() != day.day()) {
      return false;
    }
    if (day.ordinal() == 0) {
      return true;
    }
    boolean ofYear = rule.frequency() == Frequency.YEARLY && by.months().isEmpty();
    int number = ofYear ? date.getDayOfYear() : date.getDayOfMonth();
    int length = ofYear ? date.lengthOfYear() : date.lengthOfMonth();
    return day.ordinal() > 0
        ? (number - 1) / 7 + 1 == day.ordinal()
        : (length - number) / 7 + 1 == -day.ordinal();
  }
}
