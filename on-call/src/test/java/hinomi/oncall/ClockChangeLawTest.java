package hinomi.oncall;

import static org.assertj.core.api.Assertions.assertThat;

import hinomi.model.Text;
import hinomi.oncall.answer.Duty;
import hinomi.oncall.answer.Timeline;
import hinomi.oncall.roster.Schedule;
import hinomi.oncall.rotation.Every;
import hinomi.oncall.rotation.Every.Unit;
import hinomi.oncall.rotation.Holidays;
import hinomi.oncall.rotation.Layer;
import hinomi.oncall.rotation.Span;
import hinomi.oncall.rotation.WallClock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Two years in every zone that there is: one person is on duty at each instant, and hand-offs are
/// where they are written.
final class ClockChangeLawTest {
  private static final Instant FROM = Instant.parse("2026-01-01T00:00:00Z");
  private static final Instant TO = Instant.parse("2028-01-01T00:00:00Z");
  private static final List<String> PEOPLE = List.of("a", "b", "c", "d", "e");

  @Test
  void inEveryZoneOneIsOnDutyAndHandOffsAreAsWritten() {
    Set<ZoneRules> seen = new HashSet<>(); // many zones are others by another name
    for (String id : new TreeSet<>(ZoneId.getAvailableZoneIds())) {
      ZoneId zone = ZoneId.of(id);
      if (!seen.add(zone.getRules())) {
        continue;
      }
      for (LocalTime time : times(zone)) {
        check(zone, new Every(LocalDate.of(2025, 12, 28).atTime(time), 1, Unit.DAY));
      }
      LocalTime first = times(zone).iterator().next();
      check(zone, new Every(LocalDate.of(2025, 12, 21).atTime(first), 1, Unit.WEEK));
      check(zone, new Every(LocalDate.of(2025, 10, 31).atTime(first), 1, Unit.MONTH));
      check(zone, new Every(LocalDate.of(2025, 12, 29).atTime(first), 12, Unit.HOUR));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "Australia/Lord_Howe", // half an hour
    "Africa/Casablanca", // Ramadan
    "Antarctica/Troll", // two hours
    "Antarctica/Casey",
    "America/Havana", // at midnight
    "Africa/Cairo",
    "Asia/Beirut",
    "America/Scoresbysund",
    "Europe/Dublin", // its summer time is the standard
    "America/New_York",
    "Pacific/Chatham"
  })
  void everyHourInZonesThatAreOutOfTheOrdinary(String id) {
    ZoneId zone = ZoneId.of(id);
    for (LocalTime time : times(zone)) {
      check(zone, new Every(LocalDate.of(2025, 12, 29).atTime(time), 1, Unit.HOUR));
    }
  }

  /// A time of day within each kind of clock change of a zone, and one that has nothing to do with
  /// any.
  private static Set<LocalTime> times(ZoneId zone) {
    Set<LocalTime> times = new TreeSet<>();
    ZoneOffsetTransition change = zone.getRules().nextTransition(FROM);
    while (change != null && change.getInstant().isBefore(TO)) {
      LocalDateTime begin = change.isGap() ? change.getDateTimeBefore() : change.getDateTimeAfter();
      times.add(begin.plusMinutes(10).toLocalTime());
      times.add(begin.toLocalTime());
      change = zone.getRules().nextTransition(change.getInstant());
    }
    times.add(LocalTime.of(9, 17));
    return times;
  }

  private static void check(ZoneId zone, Every every) {
    Layer layer = new Layer("one", every, PEOPLE, List.of(), Optional.empty());
    Timeline timeline =
        new Timeline(
            new Schedule(
                "s",
                Text.same("s"),
                new WallClock(zone),
                Holidays.NONE,
                List.of(layer),
                "",
                List.of()),
            List.of());
    List<Duty> duties = timeline.duties(new Span(FROM, TO));
    Instant at = FROM;
    for (Duty duty : duties) {
      if (!duty.from().equals(at) || duty.isGap()) {
        throw new AssertionError(zone + ": nobody, or two, at " + at);
      }
      at = duty.to();
    }
    assertThat(at).isEqualTo(TO);
    assertThat(duties).as("%s %s", zone, every).isEqualTo(expected(zone, every));
  }

  /// Slowly and plainly: every hand-off from the first, one after the other.
  private static List<Duty> expected(ZoneId zone, Every every) {
    List<Duty> expected = new ArrayList<>();
    for (long n = 0; instant(zone, handOff(every, n)).isBefore(TO); n++) {
      Instant from = instant(zone, handOff(every, n));
      Instant to = instant(zone, handOff(every, n + 1));
      Span span = new Span(from, to).within(new Span(FROM, TO));
      if (!span.isEmpty() && to.isAfter(FROM)) {
        String person = PEOPLE.get((int) (n % PEOPLE.size()));
        expected.add(new Duty(span, person, new hinomi.oncall.answer.Reason.Layer("one")));
      }
    }
    return expected;
  }

  private static LocalDateTime handOff(Every every, long n) {
    long units = n * every.count();
    return switch (every.unit()) {
      case HOUR -> every.from().plusHours(units);
      case DAY -> every.from().plusDays(units);
      case WEEK -> every.from().plusWeeks(units);
      case MONTH -> every.from().plusMonths(units);
    };
  }

  /// A time that is left out is the end of the gap; of one that comes twice the first is meant.
  private static Instant instant(ZoneId zone, LocalDateTime local) {
    if (zone.getRules().getValidOffsets(local).isEmpty()) {
      return zone.getRules().getTransition(local).getInstant();
    }
    return ZonedDateTime.of(local, zone).withEarlierOffsetAtOverlap().toInstant();
  }
}
