package hinomi.oncall;

import static org.assertj.core.api.Assertions.assertThat;

import hinomi.model.HolidayLaw;
import hinomi.model.Text;
import hinomi.oncall.answer.Duty;
import hinomi.oncall.answer.OnDuty;
import hinomi.oncall.answer.Timeline;
import hinomi.oncall.change.Change;
import hinomi.oncall.change.What;
import hinomi.oncall.coverage.Coverage;
import hinomi.oncall.coverage.Difference;
import hinomi.oncall.coverage.Load;
import hinomi.oncall.notice.Notice;
import hinomi.oncall.roster.Schedule;
import hinomi.oncall.rotation.Every;
import hinomi.oncall.rotation.Holidays;
import hinomi.oncall.rotation.Layer;
import hinomi.oncall.rotation.Span;
import hinomi.oncall.rotation.Turn;
import hinomi.oncall.rotation.WallClock;
import hinomi.oncall.rotation.Window;
import hinomi.oncall.rotation.Window.OnHolidays;
import hinomi.testkit.Seeds;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.MonthDay;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// Any roster with any changes, against the same said plainly: of what was laid last and says
/// anything about an instant, that counts.
final class StackLawTest {
  private static final List<String> PEOPLE = List.of("a", "b", "c", "d", Turn.NOBODY);
  private static final List<String> ZONES =
      List.of("Asia/Tokyo", "America/New_York", "Australia/Lord_Howe", "Africa/Casablanca", "UTC");
  private static final Instant FROM = Instant.parse("2026-02-20T00:00:00Z");
  private static final int DAYS = 60;
  private static final Span SPAN = new Span(FROM, FROM.plus(Duration.ofDays(DAYS)));

  @Test
  void whoIsOnDutyIsWhoIsNamedHighest() {
    Seeds.forAll(
        60,
        random -> {
          Schedule schedule = schedule(random);
          List<Change> changes = changes(random);
          Timeline timeline = new Timeline(schedule, changes);
          for (int i = 0; i < 60; i++) {
            Instant at = FROM.plusSeconds(random.nextLong(SPAN.length().toSeconds()));
            assertThat(timeline.dutyAt(at).person())
                .as("%s at %s", schedule, at)
                .isEqualTo(plainly(schedule, changes, changes.size() - 1, at));
          }
        });
  }

  @Test
  void sinceAndUntilAreWhereThePersonChanges() {
    Seeds.forAll(
        60,
        random -> {
          Timeline timeline = new Timeline(schedule(random), changes(random));
          for (int i = 0; i < 30; i++) {
            Instant at = FROM.plusSeconds(random.nextLong(SPAN.length().toSeconds()));
            OnDuty duty = timeline.at(at);
            duty.since()
                .ifPresent(since -> {
                  assertThat(since).isBeforeOrEqualTo(at);
                  assertThat(timeline.dutyAt(since).person()).isEqualTo(duty.person());
                  assertThat(timeline.dutyAt(since.minusMillis(1)).person())
                      .isNotEqualTo(duty.person());
                });
            duty.until()
                .ifPresent(until -> {
                  assertThat(until).isAfter(at);
                  assertThat(timeline.dutyAt(until.minusMillis(1)).person())
                      .isEqualTo(duty.person());
                  assertThat(timeline.dutyAt(until).person()).isEqualTo(duty.next());
                });
          }
        });
  }

  @Test
  void loadsAndGapsAreTheWholeTime() {
    Seeds.forAll(
        40,
        random -> {
          Coverage coverage =
              Coverage.of(new Timeline(schedule(random), changes(random)), SPAN, List.of());
          Duration sum =
              coverage.loads().values().stream()
                  .map(Load::total)
                  .reduce(Duration.ZERO, Duration::plus);
          Duration gaps =
              coverage.gaps().stream().map(Span::length).reduce(Duration.ZERO, Duration::plus);
          assertThat(sum.plus(gaps)).isEqualTo(SPAN.length());
        });
  }

  @Test
  void aDifferenceSaysWhoIsOnDutyAfterwards() {
    Seeds.forAll(
        40,
        random -> {
          Schedule schedule = schedule(random);
          Timeline before = new Timeline(schedule, List.of());
          Timeline after = new Timeline(schedule, changes(random));
          Difference difference = Difference.between(before, after, SPAN);
          for (int i = 0; i < 60; i++) {
            Instant at = FROM.plusSeconds(random.nextLong(SPAN.length().toSeconds()));
            Optional<Difference.Move> move =
                difference.moves().stream().filter(each -> each.span().contains(at)).findFirst();
            String was = before.dutyAt(at).person();
            assertThat(move.map(Difference.Move::before).orElse(was)).isEqualTo(was);
            assertThat(move.map(Difference.Move::after).orElse(was))
                .isEqualTo(after.dutyAt(at).person());
          }
          Duration moved =
              difference.effects().values().stream()
                  .map(Difference.Effect::balance)
                  .reduce(Duration.ZERO, Duration::plus);
          Duration gapsBefore = gaps(before);
          assertThat(moved).isEqualTo(gapsBefore.minus(gaps(after)));
        });
  }

  private static Duration gaps(Timeline timeline) {
    return timeline.duties(SPAN).stream()
        .filter(Duty::isGap)
        .map(duty -> duty.span().length())
        .reduce(Duration.ZERO, Duration::plus);
  }

  @Test
  void noticesOfAdjacentTimesAreThoseOfTheWhole() {
    Seeds.forAll(
        40,
        random -> {
          Timeline timeline = new Timeline(schedule(random), changes(random));
          List<Notice> parts = new ArrayList<>();
          Instant at = FROM;
          while (at.isBefore(SPAN.to())) {
            Instant next = at.plusSeconds(random.nextLong(1, 400_000));
            next = next.isAfter(SPAN.to()) ? SPAN.to() : next;
            parts.addAll(Notice.due(timeline, at, next));
            at = next;
          }
          assertThat(parts).isEqualTo(Notice.due(timeline, FROM, SPAN.to()));
        });
  }

  private static String plainly(Schedule schedule, List<Change> changes, int n, Instant at) {
    if (n < 0) {
      return layered(schedule, at);
    }
    Change change = changes.get(n);
    boolean in = change.span().contains(at);
    return switch (change.what()) {
      case What.StandIn standIn -> {
        String below = plainly(schedule, changes, n - 1, at);
        boolean counts = in && (standIn.insteadOf().isEmpty() || standIn.insteadOf().equals(below));
        yield counts ? standIn.person() : below;
      }
      case What.Swap swap -> {
        String below = plainly(schedule, changes, n - 1, at);
        if (in && below.equals(swap.asks())) {
          yield swap.partner();
        }
        boolean back = swap.inReturn().filter(span -> span.contains(at)).isPresent();
        yield back && below.equals(swap.partner()) ? swap.asks() : below;
      }
      case What.Temporary temporary ->
          in
              ? temporary.turns().stream()
                  .filter(turn -> turn.span().contains(at))
                  .map(Turn::person)
                  .findFirst()
                  .orElse(schedule.fallback())
              : plainly(schedule, changes, n - 1, at);
    };
  }

  private static String layered(Schedule schedule, Instant at) {
    for (Layer layer : schedule.layers().reversed()) {
      String person = one(schedule, layer, at);
      if (!person.equals(Turn.NOBODY)) {
        return person;
      }
    }
    return schedule.fallback();
  }

  private static String one(Schedule schedule, Layer layer, Instant at) {
    WallClock clock = schedule.clock();
    if (layer.until().isPresent() && !at.isBefore(clock.instant(layer.until().get()))) {
      return Turn.NOBODY;
    }
    LocalDate today = clock.local(at).toLocalDate();
    boolean open = layer.windows().isEmpty();
    for (LocalDate date = today.minusDays(3);
        date.isBefore(today.plusDays(3));
        date = date.plusDays(1)) {
      for (Window window : layer.windows()) {
        open |= on(window, date, schedule.holidays()) && span(window, date, clock).contains(at);
      }
    }
    Every every = (Every) layer.rotation();
    if (!open || at.isBefore(clock.instant(every.from()))) {
      return Turn.NOBODY;
    }
    long n = 0;
    while (!clock.instant(handOff(every, n + 1)).isAfter(at)) {
      n++;
    }
    return layer.people().get((int) (n % layer.people().size()));
  }

  private static boolean on(Window window, LocalDate date, Holidays holidays) {
    boolean day = window.days().contains(date.getDayOfWeek());
    boolean holiday = holidays.contains(date);
    return switch (window.holidays()) {
      case AS_USUAL -> day;
      case ALSO -> day || holiday;
      case ONLY -> day && holiday;
      case NEVER -> day && !holiday;
    };
  }

  private static Span span(Window window, LocalDate date, WallClock clock) {
    boolean overnight = !window.to().isAfter(window.from());
    return clock.span(
        date.atTime(window.from()), date.plusDays(overnight ? 1 : 0).atTime(window.to()));
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

  private static Schedule schedule(Random random) {
    List<Layer> layers = new ArrayList<>();
    int count = 1 + random.nextInt(4);
    for (int i = 0; i < count; i++) {
      layers.add(layer(random, "layer-" + i));
    }
    Holidays holidays =
        new Holidays(
            random.nextBoolean() ? Set.of(HolidayLaw.JAPAN) : Set.of(),
            Set.of(LocalDate.of(2026, 3, 9)),
            Set.of(MonthDay.of(3, 31)));
    return new Schedule(
        "s",
        Text.same("s"),
        new WallClock(ZoneId.of(ZONES.get(random.nextInt(ZONES.size())))),
        holidays,
        layers,
        random.nextBoolean() ? "d" : "",
        List.of());
  }

  private static Layer layer(Random random, String id) {
    LocalDateTime from = LocalDateTime.of(2026, 1, 1, 0, 0).plusMinutes(random.nextLong(115_200));
    Every.Unit unit = one(random, Every.Unit.values());
    List<String> people = new ArrayList<>();
    for (int i = 1 + random.nextInt(4); i > 0; i--) {
      people.add(PEOPLE.get(random.nextInt(PEOPLE.size())));
    }
    List<Window> windows = new ArrayList<>();
    for (int i = random.nextInt(3); i > 0; i--) {
      EnumSet<DayOfWeek> days = EnumSet.noneOf(DayOfWeek.class);
      for (DayOfWeek day : DayOfWeek.values()) {
        if (random.nextBoolean()) {
          days.add(day);
        }
      }
      OnHolidays holidays = one(random, OnHolidays.values());
      windows.add(new Window(days, holidays, time(random), time(random)));
    }
    Optional<LocalDateTime> until =
        random.nextInt(3) == 0
            ? Optional.of(from.plusDays(1 + random.nextInt(90)))
            : Optional.empty();
    return new Layer(id, new Every(from, 1 + random.nextInt(9), unit), people, windows, until);
  }

  private static <T> T one(Random random, T[] all) {
    return all[random.nextInt(all.length)];
  }

  private static LocalTime time(Random random) {
    return LocalTime.of(random.nextInt(24), random.nextInt(60));
  }

  private static List<Change> changes(Random random) {
    List<Change> changes = new ArrayList<>();
    for (int i = random.nextInt(6); i > 0; i--) {
      Span span = span(random);
      What what =
          switch (random.nextInt(3)) {
            case 0 -> new What.StandIn(person(random), random.nextBoolean() ? "" : person(random));
            case 1 ->
                new What.Swap(
                    "a", "b", random.nextBoolean() ? Optional.empty() : Optional.of(after(span)));
            default -> temporary(random, span);
          };
      Change.Signature made = new Change.Signature("a", FROM, "a reason");
      long id = changes.size() + 1L;
      changes.add(new Change(id, "s", span, what, Change.State.IN_FORCE, id, 1, made));
    }
    return changes;
  }

  private static Span after(Span span) {
    return new Span(span.to().plusSeconds(7_000), span.to().plusSeconds(400_000));
  }

  private static Span span(Random random) {
    Instant from = FROM.plusSeconds(random.nextLong(SPAN.length().toSeconds()));
    return new Span(from, from.plusSeconds(random.nextLong(1, 1_000_000)));
  }

  private static String person(Random random) {
    return PEOPLE.get(random.nextInt(4));
  }

  private static What temporary(Random random, Span span) {
    List<Turn> turns = new ArrayList<>();
    Instant at = span.from();
    while (at.isBefore(span.to())) {
      Instant to = at.plusSeconds(random.nextLong(1, 300_000));
      Span turn = new Span(at, to).within(span);
      if (random.nextInt(3) > 0) {
        turns.add(new Turn(turn, person(random)));
      }
      at = to;
    }
    return new What.Temporary(turns);
  }
}
