package hinomi.alertengine.mute;

import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.function.IntUnaryOperator;

/// A recurring stretch of wall-clock time (Alertmanager, docs/configuration, "Time interval"). All
/// fields have to hold; a field holds when one of its ranges does, and an empty one always.
///
/// @param times minutes of the day, the last excluded
/// @param weekdays 0 is Sunday
/// @param daysOfMonth from 1; negative ones count from the month's end, −1 being its last day
/// @param zone whose clock on the wall is read
public record TimeInterval(
    List<Span> times,
    List<Span> weekdays,
    List<Span> daysOfMonth,
    List<Span> months,
    List<Span> years,
    ZoneId zone) {
  private static final int DAYS_OF_WEEK = 7;
  private static final int MINUTES_OF_HOUR = 60;

  /// From one number to another, both included.
  public record Span(int first, int last) {
    boolean holds(int value) {
      return first <= value && value <= last;
    }
  }

  public TimeInterval {
    times = List.copyOf(times);
    weekdays = List.copyOf(weekdays);
    daysOfMonth = List.copyOf(daysOfMonth);
    months = List.copyOf(months);
    years = List.copyOf(years);
  }

  public boolean contains(Instant at) {
    ZonedDateTime local = at.atZone(zone);
    int minute = local.getHour() * MINUTES_OF_HOUR + local.getMinute();
    return holds(times, minute)
        && holds(weekdays, local.getDayOfWeek().getValue() % DAYS_OF_WEEK)
        && holdsDay(YearMonth.from(local), local.getDayOfMonth())
        && holds(months, local.getMonthValue())
        && holds(years, local.getYear());
  }

  private static boolean holds(List<Span> spans, int value) {
    return spans.isEmpty() || spans.stream().anyMatch(span -> span.holds(value));
  }

  private boolean holdsDay(YearMonth month, int day) {
    int length = month.lengthOfMonth();
    IntUnaryOperator fromStart = n -> n < 0 ? length + n + 1 : n;
    return daysOfMonth.isEmpty()
        || daysOfMonth.stream()
            .map(span ->
                new Span(fromStart.applyAsInt(span.first()), fromStart.applyAsInt(span.last())))
            .anyMatch(span -> span.first() <= length && span.holds(day));
  }
}
