package hinomi.alertengine.calendar;

import static org.assertj.core.api.Assertions.assertThat;

import hinomi.settings.Mistake;
import hinomi.settings.Mistakes;
import hinomi.testkit.Seeds;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.zone.ZoneOffsetTransition;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class TradingCalendarTest {
  private static final ZoneId TOKYO = ZoneId.of("Asia/Tokyo");
  private static final ZoneId NEW_YORK = ZoneId.of("America/New_York");
  private static final TradingCalendars SHIPPED = shipped();

  private static TradingCalendars shipped() {
    Mistakes mistakes = new Mistakes();
    TradingCalendars calendars = TradingCalendars.read(Path.of("../config/calendars"), mistakes);
    mistakes.throwIfAny();
    return calendars;
  }

  private static TradingCalendar calendar(String yaml) {
    Mistakes mistakes = new Mistakes();
    TradingCalendars calendars = TradingCalendars.parse("c.yml", yaml, mistakes);
    mistakes.throwIfAny();
    return calendars.byId().values().iterator().next();
  }

  private static TradingCalendar shipped(String id) {
    TradingCalendar calendar = SHIPPED.byId().get(id);
    if (calendar == null) {
      throw new AssertionError("no calendar " + id);
    }
    return calendar;
  }

  private static Instant at(String local, ZoneId zone) {
    return LocalDateTime.parse(local).atZone(zone).toInstant();
  }

  private static String tokyo(String id, String local) {
    return shipped(id).phaseAt(at(local, TOKYO));
  }

  @Test
  void equities_in_tokyo_have_a_day_with_lunch_and_auctions() {
    assertThat(tokyo("jp-equities", "2026-11-20T07:59:59")).isEqualTo("closed");
    assertThat(tokyo("jp-equities", "2026-11-20T08:00")).isEqualTo("pre-open");
    assertThat(tokyo("jp-equities", "2026-11-20T08:59")).isEqualTo("opening-auction");
    assertThat(tokyo("jp-equities", "2026-11-20T09:00")).isEqualTo("continuous");
    assertThat(tokyo("jp-equities", "2026-11-20T11:30")).isEqualTo("lunch");
    assertThat(tokyo("jp-equities", "2026-11-20T12:30")).isEqualTo("continuous");
    assertThat(tokyo("jp-equities", "2026-11-20T15:25")).isEqualTo("closing-auction");
    assertThat(tokyo("jp-equities", "2026-11-20T15:30")).isEqualTo("closed");
    assertThat(tokyo("jp-equities", "2026-11-21T10:00")).as("saturday").isEqualTo("closed");
  }

  @Test
  void holidays_and_the_turn_of_the_year_are_closed_in_tokyo() {
    assertThat(tokyo("jp-equities", "2026-09-22T10:00")).as("between two").isEqualTo("closed");
    assertThat(tokyo("jp-equities", "2027-03-22T10:00")).as("substitute").isEqualTo("closed");
    assertThat(tokyo("jp-equities", "2026-12-30T10:00")).isEqualTo("continuous");
    assertThat(tokyo("jp-equities", "2026-12-31T10:00")).isEqualTo("closed");
    assertThat(tokyo("jp-equities", "2028-01-03T10:00")).isEqualTo("closed");
    assertThat(tokyo("jp-equities", "2028-01-04T10:00")).isEqualTo("continuous");
  }

  @Test
  void the_week_of_a_japanese_broker_opens_by_tokyos_clock_and_ends_by_new_yorks() {
    // In winter New York closes at 07:00 in Tokyo, in summer at 06:00.
    assertThat(tokyo("jp-fx", "2026-11-21T06:59")).isEqualTo("continuous");
    assertThat(tokyo("jp-fx", "2026-11-21T07:00")).isEqualTo("closed");
    assertThat(tokyo("jp-fx", "2026-07-04T05:59")).isEqualTo("continuous");
    assertThat(tokyo("jp-fx", "2026-07-04T06:00")).isEqualTo("closed");
    assertThat(tokyo("jp-fx", "2026-07-06T06:59")).isEqualTo("closed");
    assertThat(tokyo("jp-fx", "2026-07-06T07:00")).isEqualTo("continuous");
    assertThat(tokyo("jp-fx", "2026-11-23T07:00")).isEqualTo("continuous");
    assertThat(tokyo("jp-fx", "2026-07-08T06:05")).isEqualTo("rollover");
    assertThat(tokyo("jp-fx", "2026-11-25T07:05")).isEqualTo("rollover");
    // The first of January is a trading day's date: it ends when the second one's begins.
    assertThat(tokyo("jp-fx", "2027-01-01T06:59")).isEqualTo("continuous");
    assertThat(tokyo("jp-fx", "2027-01-01T07:05")).isEqualTo("closed");
  }

  @Test
  void crypto_assets_rest_ten_minutes_a_week() {
    assertThat(tokyo("crypto-24x7", "2026-11-21T23:59")).isEqualTo("continuous");
    assertThat(tokyo("crypto-24x7", "2026-11-25T03:59:59.999")).isEqualTo("continuous");
    assertThat(tokyo("crypto-24x7", "2026-11-25T04:00")).isEqualTo("maintenance");
    assertThat(tokyo("crypto-24x7", "2026-11-25T04:10")).isEqualTo("continuous");
  }

  @Test
  void the_market_for_currencies_rests_from_friday_to_sunday_by_new_yorks_clock_for_two_years() {
    TradingCalendar fx = shipped("fx");
    Instant end = at("2028-01-01T00:00", NEW_YORK);
    for (Instant at = at("2026-01-01T00:00", NEW_YORK);
        at.isBefore(end);
        at = at.plus(Duration.ofMinutes(20))) {
      ZonedDateTime local = at.atZone(NEW_YORK);
      DayOfWeek day = local.getDayOfWeek();
      boolean evening = local.getHour() >= 17;
      boolean rests =
          day == DayOfWeek.SATURDAY
              || (day == DayOfWeek.FRIDAY && evening)
              || (day == DayOfWeek.SUNDAY && !evening);
      if (!fx.phaseAt(at).equals(rests ? "closed" : "continuous")) {
        throw new AssertionError("wrong at " + local);
      }
    }
  }

  /// A random day of sessions, each over the ones before it.
  private record Day(List<LocalTime> from, List<LocalTime> to) {
    static Day random(Random random) {
      List<LocalTime> from = new java.util.ArrayList<>();
      List<LocalTime> to = new java.util.ArrayList<>();
      for (int i = 0; i < 1 + random.nextInt(5); i++) {
        int begin = random.nextInt(22 * 60);
        from.add(LocalTime.ofSecondOfDay(begin * 60L));
        to.add(from.getLast().plusMinutes(1 + random.nextInt(110)));
      }
      return new Day(from, to);
    }

    String yaml(ZoneId zone) {
      StringBuilder yaml =
          new StringBuilder("calendars:\n- id: c\n  zone: " + zone + "\n  week:\n");
      for (int i = 0; i < from.size(); i++) {
        yaml.append("  - {phase: p%d, days: ['monday:friday'], ".formatted(i))
            .append("from: '%s', to: '%s'}\n".formatted(from.get(i), to.get(i)));
      }
      return yaml.toString();
    }

    String phaseAt(ZonedDateTime local) {
      if (local.getDayOfWeek().getValue() > 5) {
        return "closed";
      }
      for (int i = from.size() - 1; i >= 0; i--) {
        LocalTime time = local.toLocalTime();
        if (!time.isBefore(from.get(i)) && time.isBefore(to.get(i))) {
          return "p" + i;
        }
      }
      return "closed";
    }
  }

  @Test
  void at_each_instant_of_two_years_there_is_one_phase_and_it_is_that_of_the_clock_on_the_wall() {
    List<String> zones =
        List.of(
            "Asia/Tokyo",
            "America/New_York",
            "Europe/London",
            "Australia/Lord_Howe",
            "Africa/Casablanca",
            "Pacific/Chatham",
            "America/Sao_Paulo",
            "UTC");
    Seeds.forAll(
        60,
        random -> {
          ZoneId zone = ZoneId.of(zones.get(random.nextInt(zones.size())));
          Day day = Day.random(random);
          TradingCalendar calendar = calendar(day.yaml(zone));
          Instant begin = Instant.parse("2026-01-01T00:00:00Z");
          for (int i = 0; i < 1_000; i++) {
            Instant at = begin.plusSeconds(random.nextInt(2 * 365 * 86_400));
            String phase = calendar.phaseAt(at);
            assertThat(calendar.phases()).contains(phase);
            if (!nearClockChange(zone, at) && !phase.equals(day.phaseAt(at.atZone(zone)))) {
              throw new AssertionError(phase + " at " + at.atZone(zone) + " in " + day);
            }
          }
        });
  }

  /// Where the same time of the wall comes twice, or never, it is a question of definition.
  private static boolean nearClockChange(ZoneId zone, Instant at) {
    ZoneOffsetTransition next = zone.getRules().nextTransition(at.minus(Duration.ofHours(4)));
    return next != null && next.getInstant().isBefore(at.plus(Duration.ofHours(4)));
  }

  @Test
  void
      a_session_in_the_hour_that_is_left_out_is_held_later_and_one_that_comes_twice_is_held_once() {
    TradingCalendar calendar =
        calendar(
            """
            calendars:
            - id: c
              zone: America/New_York
              week:
              - {phase: night, days: [sunday], from: "02:15", to: "02:45"}
              - {phase: late, days: [sunday], from: "01:15", to: "01:45"}
            """);
    assertThat(calendar.phaseAt(Instant.parse("2027-03-14T07:20:00Z"))).isEqualTo("night");
    assertThat(calendar.phaseAt(Instant.parse("2027-03-14T08:20:00Z"))).isEqualTo("closed");
    assertThat(calendar.phaseAt(Instant.parse("2026-11-01T05:20:00Z"))).isEqualTo("late");
    assertThat(calendar.phaseAt(Instant.parse("2026-11-01T06:20:00Z"))).isEqualTo("closed");
  }

  @Test
  void a_half_day_has_its_own_sessions_and_a_night_that_begins_on_a_holiday_is_left_out() {
    TradingCalendar calendar =
        calendar(
            """
            calendars:
            - id: c
              zone: Asia/Tokyo
              week:
              - {phase: day, days: ["monday:friday"], from: "08:45", to: "15:45"}
              - {phase: night, days: ["monday:friday"], from: "17:00", to: "06:00"}
              holidays: [japan]
              special:
              - {day: 2026-12-30, name: half, sessions: [{phase: day, from: "08:45", to: "12:00"}]}
            """);
    assertThat(calendar.phaseAt(at("2026-12-30T11:00", TOKYO))).isEqualTo("day");
    assertThat(calendar.phaseAt(at("2026-12-30T13:00", TOKYO))).isEqualTo("closed");
    assertThat(calendar.phaseAt(at("2026-12-30T18:00", TOKYO))).isEqualTo("closed");
    assertThat(calendar.phaseAt(at("2026-11-03T18:00", TOKYO))).isEqualTo("closed");
    assertThat(calendar.phaseAt(at("2026-11-04T05:00", TOKYO))).isEqualTo("closed");
    assertThat(calendar.phaseAt(at("2026-11-05T05:00", TOKYO))).isEqualTo("night");
  }

  @Test
  void every_mistake_is_told_with_its_place_and_what_may_have_been_meant() {
    Mistakes mistakes = new Mistakes();
    TradingCalendars _ =
        TradingCalendars.parse(
            "c.yml",
            """
            calendars:
            - id: c
              zone: JST
              week:
              - {phase: day, days: [mondy], from: "8:45", to: "15:45"}
              - {phase: day, from: "08:45", to: friday 17:00}
              - {phase: day, days: [friday], frm: "08:45", to: sunday 17:00}
              holidays: [japn]
              special:
              - {day: 2026-13-01}
            - id: c
            """,
            mistakes);
    assertThat(mistakes.all().stream().map(Mistake::toString))
        .containsExactly(
            "c.yml:3:9: zone: expected UTC or a region like Asia/Tokyo, got \"JST\"",
            "c.yml:5:24: days: expected a day of the week like monday, got \"mondy\","
                + " did you mean \"monday\"?",
            "c.yml:5:39: from: expected a time like 09:00 or 17:00 America/New_York, got \"8:45\"",
            "c.yml:6:24: from: expected a time of the week like sunday 17:00, or days beside it,"
                + " got \"08:45\"",
            "c.yml:7:5: from: is missing",
            "c.yml:7:34: frm: unknown key, did you mean \"from\"?",
            "c.yml:7:52: to: expected a time like 09:00 or 17:00 America/New_York,"
                + " got \"sunday 17:00\"",
            "c.yml:8:13: holidays: no law is known of \"japn\", did you mean \"japan\"?; known:"
                + " japan",
            "c.yml:10:11: day: expected a date like 2026-12-31, or 12-31 for every year,"
                + " got \"2026-13-01\"",
            "c.yml:11:3: week: is missing",
            "c.yml:11:3: zone: is missing",
            "c.yml:11:7: id: the calendar \"c\" is given twice");
  }

  @Test
  void the_files_that_are_shipped_say_what_they_are() {
    assertThat(SHIPPED.byId().keySet())
        .containsExactlyInAnyOrder("jp-equities", "jp-fx", "fx", "crypto-24x7");
    assertThat(shipped("jp-equities").phases().stream().map(p -> p.toLowerCase(Locale.ROOT)))
        .containsExactly(
            "pre-open", "opening-auction", "continuous", "lunch", "closing-auction", "closed");
  }
}
