package hinomi.servicelevels;

import static org.assertj.core.api.Assertions.assertThat;

import hinomi.model.ComponentStatus;
import hinomi.model.ComponentStatus.Day;
import hinomi.model.ComponentStatus.Tally;
import hinomi.model.Condition;
import hinomi.model.Evidence;
import hinomi.servicelevels.component.Components;
import hinomi.servicelevels.ledger.Claim;
import hinomi.servicelevels.uptime.Interval;
import hinomi.settings.Mistakes;
import hinomi.settings.Yaml;
import hinomi.sql.Database;
import hinomi.testkit.Seeds;
import hinomi.testkit.SimTime;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LedgerLawsTest {
  private static final ZoneId LONDON = ZoneId.of("Europe/London");
  private static final Instant START = Instant.parse("2026-10-20T00:00:00Z");
  private static final List<String> SOURCES = List.of("probe:a", "probe:b", "rule:g/R");

  private static Components components() {
    Mistakes mistakes = new Mistakes();
    Components components =
        Components.of(
            List.of(
                Yaml.parse(
                    "components.yaml",
                    """
                    components:
                      - id: exchange
                        name: exchange
                        components:
                          - {id: orders, name: orders}
                          - {id: book, name: book}
                    """,
                    mistakes)));
    mistakes.throwIfAny();
    return components;
  }

  private static ServiceLevels open(Database database, SimTime time) {
    return ServiceLevels.open(
        new ServiceLevelsConfig(LONDON, Duration.ofSeconds(10)),
        components(),
        database,
        time,
        new SimpleMeterRegistry());
  }

  /// Any evidence: dated back, out of order, contradicting, with pauses longer than its validity.
  private static void happen(Random random, SimTime time, ServiceLevels levels) {
    int pause = random.nextInt(8) == 0 ? 200_000 : 20_000;
    time.advance(Duration.ofMillis(random.nextInt(pause)));
    Instant at = time.now().minusMillis(random.nextInt(6) == 0 ? random.nextInt(60_000) : 0);
    Instant since = at.minusMillis(random.nextInt(4) == 0 ? random.nextInt(300_000) : 0);
    levels.accept(
        new Evidence(
            List.of("exchange", "orders", "book").get(random.nextInt(3)),
            SOURCES.get(random.nextInt(SOURCES.size())),
            List.of(Condition.values()).get(random.nextInt(3)),
            since,
            at,
            Duration.ofMillis(1 + random.nextInt(90_000)),
            "detail " + random.nextInt()));
  }

  private static Tally counted(ServiceLevels levels, String component, Instant from, Instant to) {
    return levels.intervals(component, from, to).stream()
        .map(Counting::tally)
        .reduce(Tally.NONE, Tally::plus);
  }

  @Test
  void upAndDownAndUnknownAddUpToTheSpanAndEveryDayIsRecomputedFromItsIntervals() {
    Seeds.forAll(
        10,
        random -> {
          try (Database database = Database.temporary()) {
            SimTime time = new SimTime(START);
            ServiceLevels levels = open(database, time);
            for (int i = 0; i < 150; i++) {
              happen(random, time, levels);
              time.advance(Duration.ofMinutes(random.nextInt(20) == 0 ? 1000 : 0));
            }
            Instant now = time.now();
            for (ComponentStatus status : levels.at(now)) {
              Tally total = Tally.NONE;
              for (Day day : status.days()) {
                Instant from = day.date().atStartOfDay(LONDON).toInstant();
                Instant end = day.date().plusDays(1).atStartOfDay(LONDON).toInstant();
                Instant to = end.isBefore(now) ? end : now;
                assertThat(day.tally()).isEqualTo(counted(levels, status.id(), from, to));
                assertThat(day.tally().span()).isEqualTo(Duration.between(from, to));
                total = total.plus(day.tally());
              }
              assertThat(status.total()).isEqualTo(total);
              assertThat(status.condition()).isEqualTo(levels.condition(status.id(), now));
            }
          }
        });
  }

  @Test
  void intervalsFollowOneAnotherWithoutAGapAndEachIsLinkedToItsEvidence() {
    Seeds.forAll(
        10,
        random -> {
          try (Database database = Database.temporary()) {
            SimTime time = new SimTime(START);
            ServiceLevels levels = open(database, time);
            for (int i = 0; i < 200; i++) {
              happen(random, time, levels);
            }
            for (String component : List.of("exchange", "orders", "book")) {
              Instant end = START;
              for (Interval interval : levels.intervals(component, START, time.now())) {
                assertThat(interval.from()).isEqualTo(end);
                end = interval.to();
                if (interval.condition() != Condition.UNKNOWN) {
                  assertThat(interval.evidence()).isNotEmpty();
                }
                for (Instant at : List.of(interval.from(), interval.to().minusMillis(1))) {
                  assertThat(levels.condition(component, at)).isEqualTo(interval.condition());
                }
              }
              assertThat(end).isEqualTo(time.now());
            }
          }
        });
  }

  @Test
  void afterACrashTheLedgerIsTheSameButForTenSecondsOfEachLastClaim() {
    Seeds.forAll(
        10,
        random -> {
          try (Database database = Database.temporary()) {
            SimTime time = new SimTime(START);
            ServiceLevels levels = open(database, time);
            int events = 20 + random.nextInt(150);
            for (int i = 0; i < events; i++) {
              happen(random, time, levels);
            }
            SimTime afterwards = new SimTime(time.now());
            try (ServiceLevels reopened = open(database, afterwards)) {
              sameButForTheTail(levels, reopened, time.now());
            }
            levels.close();
            try (ServiceLevels reopened = open(database, new SimTime(time.now()))) {
              for (String component : List.of("exchange", "orders", "book")) {
                Instant to = time.now().plusSeconds(1000);
                assertThat(reopened.intervals(component, START, to))
                    .isEqualTo(levels.intervals(component, START, to));
              }
            }
          }
        });
  }

  private static void sameButForTheTail(ServiceLevels levels, ServiceLevels reopened, Instant now) {
    Instant to = now.plusSeconds(1000);
    for (String component : List.of("orders", "book")) {
      List<Claim> before = claims(levels, component, to);
      List<Claim> after = claims(reopened, component, to);
      assertThat(after).hasSameSizeAs(before);
      for (int i = 0; i < before.size(); i++) {
        assertThat(after.get(i).source()).isEqualTo(before.get(i).source());
        assertThat(after.get(i).from()).isEqualTo(before.get(i).from());
        assertThat(after.get(i).condition()).isEqualTo(before.get(i).condition());
        assertThat(after.get(i).until()).isBeforeOrEqualTo(before.get(i).until());
        // What was heard up to ten seconds ago is written.
        if (!before.get(i).measured().isAfter(now.minusSeconds(10))) {
          assertThat(after.get(i)).isEqualTo(before.get(i));
        }
      }
    }
  }

  private static List<Claim> claims(ServiceLevels levels, String component, Instant to) {
    return levels.intervals(component, START, to).stream()
        .flatMap(interval -> interval.evidence().stream())
        .distinct()
        .sorted(java.util.Comparator.comparing(Claim::source).thenComparing(Claim::from))
        .toList();
  }

  @Test
  void theSameEvidenceToldTwiceChangesNothing() {
    Seeds.forAll(
        10,
        random -> {
          try (Database once = Database.temporary();
              Database twice = Database.temporary()) {
            SimTime time = new SimTime(START);
            ServiceLevels first = open(once, time);
            ServiceLevels second = open(twice, time);
            for (int i = 0; i < 100; i++) {
              long seed = random.nextLong();
              SimTime clock = new SimTime(time.now());
              happen(new Random(seed), time, first);
              SimTime again = new SimTime(clock.now());
              happen(new Random(seed), clock, second);
              happen(new Random(seed), again, second);
            }
            assertThat(second.intervals("orders", START, time.now()))
                .isEqualTo(first.intervals("orders", START, time.now()));
            assertThat(second.amendments("orders")).isEqualTo(first.amendments("orders"));
          }
        });
  }

  @Test
  void aDayIsAsLongAsTheZoneMakesIt() {
    try (Database database = Database.temporary()) {
      SimTime time = new SimTime(Instant.parse("2026-10-24T00:00:00Z"));
      ServiceLevels levels = open(database, time);
      for (int hour = 0; hour < 3 * 24; hour++) {
        levels.accept(
            new Evidence(
                "orders",
                "probe:a",
                Condition.UP,
                time.now(),
                time.now(),
                Duration.ofHours(1),
                ""));
        time.advance(Duration.ofHours(1));
      }
      assertThat(dayOf(levels, time.now(), "2026-10-25").up()).isEqualTo(Duration.ofHours(25));
      assertThat(dayOf(levels, time.now(), "2026-10-26").up()).isEqualTo(Duration.ofHours(24));
      Instant spring = Instant.parse("2027-03-30T12:00:00Z");
      assertThat(dayOf(levels, spring, "2027-03-28").unknown()).isEqualTo(Duration.ofHours(23));
      assertThat(dayOf(levels, spring, "2027-03-30").span()).isEqualTo(Duration.ofHours(13));
      assertThat(levels.at(spring).getFirst().days()).hasSize(ServiceLevels.DAYS);
    }
  }

  private static Tally dayOf(ServiceLevels levels, Instant now, String date) {
    return levels.at(now).stream()
        .filter(status -> status.id().equals("orders"))
        .flatMap(status -> status.days().stream())
        .filter(day -> day.date().equals(LocalDate.parse(date)))
        .findFirst()
        .orElseThrow()
        .tally();
  }

  @Test
  void whatIsOlderThanMemoryIsReadFromTheFile(@TempDir Path folder) throws Exception {
    SimTime time = new SimTime(START);
    Evidence down =
        new Evidence(
            "orders", "probe:a", Condition.DOWN, START, START, Duration.ofMinutes(5), "refused");
    Path crashed = Files.createDirectory(folder.resolve("crashed"));
    try (Database database = Database.openFile(folder.resolve("records"))) {
      open(database, time).accept(down);
      // What the disk holds at this moment is what a killed process leaves.
      for (String file : List.of("records.db", "records.db-wal")) {
        Files.copy(folder.resolve(file), crashed.resolve(file));
      }
    }
    try (Database database = Database.openFile(crashed.resolve("records"));
        ServiceLevels levels = open(database, new SimTime(START.plus(Duration.ofDays(400))))) {
      Tally counted = counted(levels, "exchange", START, START.plus(Duration.ofHours(1)));
      assertThat(counted.down()).isEqualTo(Duration.ofMinutes(5));
      assertThat(counted.unknown()).isEqualTo(Duration.ofMinutes(55));
    }
  }
}
