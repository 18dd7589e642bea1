package hinomi.alertengine.mute;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.List;
import java.util.TreeSet;
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

  /// How far it looks for a change; what lies further ahead is asked about then.
  private static final int DAYS_AHEAD = 400;

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

  /// The first time after this one at which it begins or ends, or may: then it is to be asked
  /// again.
  public Instant nextChange(Instant after) {
    boolean now = contains(after);
    LocalDate day = after.atZone(zone).toLocalDate();
    for (int i = 0; i < DAYS_AHEAD; i++) {
      for (Instant candidate : turns(day.plusDays(i))) {
        if (candidate.isAfter(after) && contains(candidate) != now) {
          return candidate;
        }
      }
    }
    return day.plusDays(DAYS_AHEAD).atStartOfDay(zone).toInstant();
  }

  /// When on a day anything can change, in order: midnight, where a span of times begins or ends,
  /// and where the clock itself is changed.
  private TreeSet<Instant> turns(LocalDate day) {
    TreeSet<Instant> turns = new TreeSet<>();
    Instant midnight = day.atStartOfDay(zone).toInstant();
    turns.add(midnight);
    ZoneRules rules = zone.getRules();
    for (Span span : times) {
      for (int minute : new int[] {span.first(), span.last() + 1}) {
        LocalDateTime local = day.atStartOfDay().plusMinutes(minute);
        rules.getValidOffsets(local).forEach(offset -> turns.add(local.toInstant(offset)));
      }
    }
    ZoneOffsetTransition change = rules.nextTransition(midnight);
    if (change != null && change.getInstant().isBefore(midnight.plus(Duration.ofDays(1)))) {
      turns.add(change.getInstant());
    }
    return turns;
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
