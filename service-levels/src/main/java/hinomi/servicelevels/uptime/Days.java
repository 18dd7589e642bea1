package hinomi.servicelevels.uptime;

import hinomi.model.ComponentStatus.Day;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/// The days up to now, as the operator's zone cuts them: a day with a clock change is shorter or
/// longer than 24 h.
public final class Days {
  private final List<LocalDate> dates;
  private final List<Instant> bounds; // of all days; the last one is now

  private Days(List<LocalDate> dates, List<Instant> bounds) {
    this.dates = dates;
    this.bounds = bounds;
  }

  /// The last `count` days, today included, which ends now.
  public static Days upTo(Instant now, ZoneId zone, int count) {
    LocalDate today = LocalDate.ofInstant(now, zone);
    LocalDate first = today.minusDays(count - 1L);
    List<LocalDate> dates = first.datesUntil(today.plusDays(1)).toList();
    List<Instant> bounds = new ArrayList<>();
    dates.forEach(date -> bounds.add(date.atStartOfDay(zone).toInstant()));
    bounds.add(now);
    return new Days(dates, bounds);
  }

  public Instant from() {
    return bounds.getFirst();
  }

  public Instant to() {
    return bounds.getLast();
  }

  /// Counts a course by day.
  public List<Day> of(Course course) {
    var tallies = course.tallies(bounds);
    return IntStream.range(0, dates.size())
        .mapToObj(i -> new Day(dates.get(i), tallies.get(i)))
        .toList();
  }
}
