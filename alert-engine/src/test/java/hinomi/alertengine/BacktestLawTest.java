package hinomi.alertengine;

import static org.assertj.core.api.Assertions.assertThat;

import hinomi.alertengine.backtest.Backtest;
import hinomi.alertengine.backtest.Grammar;
import hinomi.alertengine.backtest.Past;
import hinomi.alertengine.backtest.Plan;
import hinomi.alertengine.backtest.Reading;
import hinomi.alertengine.backtest.Recorded;
import hinomi.alertengine.backtest.Report;
import hinomi.alertengine.backtest.Told;
import hinomi.alertengine.group.Reason;
import hinomi.alertengine.journal.Delivery;
import hinomi.model.Labels;
import hinomi.model.Matcher;
import hinomi.model.Sample;
import hinomi.model.Series;
import hinomi.model.Vector;
import hinomi.testkit.Seeds;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// The same rules over the same samples say the same, live and replayed: the transition logs are
/// equal to the byte, whatever comes, goes, is missing, and however often the engine restarts.
final class BacktestLawTest {
  private static final int SECONDS = 900;

  /// What is true at each second; what is not known at a second has no data.
  private static final class Script {
    final boolean[][] down = new boolean[3][SECONDS + 1];
    final boolean[] data = new boolean[SECONDS + 1];
    final boolean[] failing = new boolean[SECONDS + 1];
    private final Instant begin;

    Script(Random random, Instant begin) {
      this.begin = begin;
      boolean[] now = new boolean[down.length];
      boolean present = true;
      boolean fails = false;
      for (int second = 0; second <= SECONDS; second++) {
        for (int i = 0; i < now.length; i++) {
          now[i] = random.nextInt(30) == 0 ? !now[i] : now[i];
          down[i][second] = now[i] && present;
        }
        present = random.nextInt(60) == 0 ? !present : present;
        fails = random.nextInt(fails ? 10 : 200) == 0 ? !fails : fails;
        data[second] = present;
        failing[second] = fails;
      }
    }

    private int second(Instant at) {
      return Math.clamp(Duration.between(begin, at).toSeconds(), 0, SECONDS);
    }

    List<Sample> vector(String expression, Instant at) {
      int second = second(at);
      if (failing[second]) {
        throw new hinomi.model.BadInput("it fails");
      }
      List<Sample> samples = new ArrayList<>();
      for (int i = 0; i < down.length; i++) {
        if (down[i][second] && (expression.equals("a") || i == 1)) {
          samples.add(new Sample(Labels.of("i", "h" + i), at.toEpochMilli(), second / 7.0));
        }
      }
      return samples;
    }

    List<Series> rows(String expression, Instant from, Instant to, long step) {
      Map<Labels, List<Sample>> rows = new LinkedHashMap<>();
      for (Instant at = from; !at.isAfter(to); at = at.plusMillis(step)) {
        List<Sample> samples =
            expression.equals("data")
                ? hasData("", at)
                    ? List.of(new Sample(Labels.EMPTY, at.toEpochMilli(), 1))
                    : List.of()
                : vector(expression, at);
        samples.forEach(
            sample -> rows.computeIfAbsent(sample.labels(), _ -> new ArrayList<>()).add(sample));
      }
      return rows.entrySet().stream()
          .map(row ->
              new Series(
                  row.getKey(),
                  row.getValue().stream().mapToLong(Sample::timestamp).toArray(),
                  row.getValue().stream().mapToDouble(Sample::value).toArray()))
          .toList();
    }

    boolean hasData(String expression, Instant at) {
      return data[second(at)];
    }

    Past past() {
      return new Past(
          (text, at) -> Vector.of(vector(text, at)), this::rows, this::hasData, () -> {});
    }
  }

  @Test
  void a_replay_writes_the_log_and_the_messages_of_the_live_engine() {
    List<Integer> lines = new ArrayList<>();
    EnumSet<Reason> reasons = EnumSet.noneOf(Reason.class);
    Seeds.forAll(
        6,
        random -> {
          try (World world = world(random)) {
            Script script = new Script(random, world.begin);
            world.selectors = _ -> Set.of("up");
            world.live(script::vector, script::hasData);
            live(world, random);
            Instant end = world.time.now();
            List<String> live =
                world.journal().transitions().between(world.begin, end, Backtest.MOST_LINES);
            Report report = replay(world, script, end, true);
            lines.add(live.size());
            assertThat(String.join("\n", report.before().course().log()))
                .isEqualTo(String.join("\n", live));
            List<Told> told = report.before().course().told();
            told.forEach(each -> reasons.add(each.reason()));
            assertThat(told.stream().map(BacktestLawTest::line).sorted())
                .containsExactlyElementsOf(sent(world, end));
          }
        });
    assertThat(lines).as("an empty log would show little").allMatch(size -> size > 40);
    assertThat(reasons)
        .contains(Reason.FIRST_ALERT, Reason.FLAPPING, Reason.ESCALATED, Reason.RESOLVED);
  }

  private static void live(World world, Random random) {
    world.start();
    for (int second = 1; second <= SECONDS; second++) {
      if (random.nextInt(7) == 0) {
        world.engine().samplesArrived(Map.of("up", world.time.now().toEpochMilli()));
      }
      world.goTo(Duration.ofSeconds(second));
      if (random.nextInt(150) == 0) {
        world.stop();
        int later = Math.min(SECONDS, second + random.nextInt(90));
        world.goTo(Duration.ofSeconds(later));
        second = later;
        world.start();
      }
    }
  }

  private static List<String> sent(World world, Instant end) {
    return world.deliveries().stream()
        .filter(delivery -> delivery.state() == Delivery.State.SENT)
        .map(Told::of)
        .filter(told -> told.at().isBefore(end))
        .map(BacktestLawTest::line)
        .sorted()
        .toList();
  }

  private static String line(Told told) {
    List<Labels> alerts = told.alerts().stream().sorted().toList();
    return told.at() + " " + told.target() + " " + told.reason() + " " + told.group() + alerts;
  }

  @Test
  void passing_over_what_cannot_change_anything_changes_nothing() {
    Seeds.forAll(
        2,
        random -> {
          try (World world = world(random)) {
            Script script = new Script(random, world.begin);
            Instant end = world.begin.plusSeconds(SECONDS);
            Report ahead = replay(world, script, end, false);
            Report oneByOne =
                run(
                    world,
                    script,
                    end,
                    false,
                    new Reading(false, SELECTORS, Optional.empty(), Duration.ZERO));
            assertThat(ahead.before().course().log()).isEqualTo(oneByOne.before().course().log());
            assertThat(ahead.before().course().told()).isEqualTo(oneByOne.before().course().told());
            assertThat(ahead.before().course().looks())
                .isLessThan(oneByOne.before().course().looks());
          }
        });
  }

  private static final List<List<Matcher>> SELECTORS =
      List.of(List.of(Matcher.equal(Labels.NAME, "up")));

  private static Report replay(World world, Script script, Instant end, boolean asItRan) {
    return run(
        world,
        script,
        end,
        asItRan,
        new Reading(true, SELECTORS, Optional.of("data"), Duration.ZERO));
  }

  private static Report run(
      World world, Script script, Instant end, boolean asItRan, Reading reading) {
    Recorded recorded = asItRan ? Recorded.of(world.journal(), world.begin, end) : Recorded.NOTHING;
    Plan plan =
        new Plan(
            world.setup(),
            world.setup(),
            world.begin,
            end,
            Optional.empty(),
            ZoneOffset.UTC,
            List.of(),
            asItRan);
    return new Backtest(
            _ -> script.past(),
            script.past(),
            new Grammar(_ -> reading, _ -> "", (_, _) -> List.of()),
            recorded)
        .run(plan, new Backtest.Watcher(_ -> {}, () -> false));
  }

  /// Whatever decides what is told: rules that look by themselves, that recover elsewhere, that
  /// keep firing; ladders or a routing tree; what needs what; what flaps.
  private static World world(Random random) throws Exception {
    World world = new World();
    world.alerting =
        """
        interval: 10s
        hold-without-data: 2m
        flapping: {changes: 2, within: 4m, calm: 1m}
        topology-max-hold: 2m
        notice-group-wait: 10s
        notice-group-interval: 30s
        """;
    world.topology.put("x", List.of("db"));
    world.rules(
        """
        groups:
        - name: g
          rules:
          - {alert: A, expr: a, for: 20s, labels: {severity: page, component: db}}
          - {alert: B, expr: b, keep_firing_for: 30s, labels: {severity: warning}}
        - name: other
          interval: 7s
          rules:
          - {alert: C, expr: a, for: 15s, labels: {severity: page, component: x}}
          - alert: P
            expr: a
            for: %ds
            labels: {severity: page}
            hinomi: {trigger: push, recover: b, no-data: {%s}}
        """
            .formatted(
                random.nextInt(10), random.nextBoolean() ? "do: hold" : "for: 20s, do: page"));
    world.onCall(
        """
        people: [{id: a, mail: a@x.example}, {id: b, mail: b@x.example}]
        ladders:
        - id: default
          steps: [{notify: [{person: a}], wait: 1m}, {notify: [{person: b}], wait: 2m}]
        """);
    if (random.nextBoolean()) {
      Files.writeString(
          world.folder.resolve("alertmanager.yml"),
          """
          route:
            receiver: people
            group_by: [alertname]
            group_wait: 5s
            group_interval: 20s
            routes: [{matchers: ['alertname="B"'], receiver: mail}]
          receivers:
          - {name: people, hinomi_configs: [{ladder: default}]}
          - {name: mail, email_configs: [{to: ops@x.example, send_resolved: true}]}
          inhibit_rules:
          - {source_matchers: ['alertname="C"'], target_matchers: ['alertname="B"'], equal: [i]}
          """);
    }
    return world;
  }
}
