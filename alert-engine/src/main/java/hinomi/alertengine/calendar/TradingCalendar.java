package hinomi.alertengine.calendar;

import hinomi.alertengine.calendar.Session.Occurrence;
import hinomi.model.HolidayLaw;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.MonthDay;
import java.time.ZoneId;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Tells the phase of a market at any instant: always exactly one. Of the week's sessions that hold
/// the last one counts, so that a pause can be written after what it interrupts; a special day,
/// such as a holiday, takes the place of the week. Immutable.
public final class TradingCalendar {
  private final String id;
  private final Week week;
  private final Days days;

  /// @param zone whose clock says which day it is
  /// @param dayBegins the time at which a day begins, which is not midnight where a trading day
  ///   ends in the morning
  /// @param otherwise the phase in which no session holds
  record Week(ZoneId zone, LocalTime dayBegins, String otherwise, List<Session> sessions) {
    Week {
      sessions = List.copyOf(sessions);
    }
  }

  /// Days on which the week does not hold, and what holds instead: nothing, on a holiday.
  record Days(
      List<HolidayLaw> laws,
      Map<LocalDate, List<Session>> once,
      Map<MonthDay, List<Session>> yearly) {
    Days {
      laws = List.copyOf(laws);
      once = Map.copyOf(once);
      yearly = Map.copyOf(yearly);
    }

    Optional<List<Session>> on(LocalDate date) {
      if (once.containsKey(date)) {
        return Optional.ofNullable(once.get(date));
      }
      MonthDay day = MonthDay.from(date);
      if (yearly.containsKey(day)) {
        return Optional.ofNullable(yearly.get(day));
      }
      return laws.stream().anyMatch(law -> law.isHoliday(date))
          ? Optional.of(List.of())
          : Optional.empty();
    }
  }

  TradingCalendar(String id, Week week, Days days) {
    this.id = id;
    this.week = week;
    this.days = days;
  }

  public String id() {
    return id;
  }

  /// All phases that there can be, in the order of the file.
  public Set<String> phases() {
    Set<String> phases = new LinkedHashSet<>();
    week.sessions().forEach(session -> phases.add(session.phase()));
    days.once().values().forEach(day -> day.forEach(session -> phases.add(session.phase())));
    days.yearly().values().forEach(day -> day.forEach(session -> phases.add(session.phase())));
    phases.add(week.otherwise());
    return phases;
  }

  public String phaseAt(Instant at) {
    LocalDate today = dayOf(at);
    Optional<List<Session>> special = days.on(today);
    List<Session> sessions = special.orElse(week.sessions());
    for (Session session : sessions.reversed()) {
      Occurrence occurrence = session.latest(at);
      boolean holds =
          special.isPresent() ? dayOf(occurrence.from()).equals(today) : isOfTheWeek(occurrence);
      if (holds && occurrence.contains(at)) {
        return session.phase();
      }
    }
    return week.otherwise();
  }

  /// A night that began on a holiday does not reach into the next morning.
  private boolean isOfTheWeek(Occurrence occurrence) {
    return !occurrence.isOfADay() || days.on(dayOf(occurrence.from())).isEmpty();
  }

  private LocalDate dayOf(Instant at) {
    return at.atZone(week.zone())
        .toLocalDateTime()
        .minusNanos(week.dayBegins().toNanoOfDay())
        .toLocalDate();
  }
}
