package hinomi.ruletests;

import static org.assertj.core.api.Assertions.assertThat;

import hinomi.alertengine.AlertEngine;
import hinomi.alertengine.AlertEngineConfig;
import hinomi.alertengine.AlertPorts;
import hinomi.alertengine.AlertRouting;
import hinomi.alertengine.AlertSurroundings;
import hinomi.alertengine.Topology;
import hinomi.alertengine.backtest.Backtest;
import hinomi.alertengine.backtest.Grammar;
import hinomi.alertengine.backtest.OwnSeries;
import hinomi.alertengine.backtest.Past;
import hinomi.alertengine.backtest.Plan;
import hinomi.alertengine.backtest.Reading;
import hinomi.alertengine.backtest.Readings;
import hinomi.alertengine.backtest.Recorded;
import hinomi.alertengine.backtest.Report;
import hinomi.alertengine.backtest.Setup;
import hinomi.alertengine.oncall.OnCall;
import hinomi.alertengine.rule.AlertRules;
import hinomi.alertengine.rule.Vocabulary;
import hinomi.model.Labels;
import hinomi.model.Points;
import hinomi.model.Sample;
import hinomi.model.Series;
import hinomi.model.StoredSeries;
import hinomi.model.Time;
import hinomi.model.Unsupported;
import hinomi.promql.Answer;
import hinomi.promql.PromQl;
import hinomi.promql.PromQlConfig;
import hinomi.promql.Sources;
import hinomi.promql.memory.MemorySeries;
import hinomi.settings.Mistakes;
import hinomi.settings.Yaml;
import hinomi.sql.Database;
import hinomi.testkit.Seeds;
import hinomi.testkit.SimTime;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.api.OpenTelemetry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Recordings that a backtest computes ahead are what the engine would have written slot by slot:
/// whatever records what and reads it, in whatever order, the log of the live engine comes out
/// again, and so does that of a replay that asks for each slot alone.
final class ForetoldRecordingsLawTest {
  private static final int SECONDS = 1200;
  private static final Path NOWHERE = Path.of("/nonexistent");

  /// What is read of an expression of which nothing is known: anything.
  private static final Readings BLIND =
      _ -> new Reading(false, List.of(List.of()), Optional.empty(), Duration.ofDays(1));

  @Test
  void recordings_that_are_computed_ahead_are_those_of_the_live_engine() {
    List<Integer> lines = new ArrayList<>();
    List<Long> spared = new ArrayList<>();
    Seeds.forAll(
        6,
        random -> {
          Instant begin = new SimTime().now();
          MemorySeries stored = stored(random, begin);
          Setup rules = setup(random);
          Setup others = random.nextBoolean() ? setup(random) : rules;
          Recorded live = live(random, rules, stored, begin);
          Plan again = plan(rules, rules, begin, true);
          Report same = run(again, stored, live, ForetoldRecordingsLawTest::reading);
          assertThat(String.join("\n", same.before().course().log()))
              .isEqualTo(String.join("\n", live.log()));
          Plan change = plan(rules, others, begin, false);
          Report ahead = run(change, stored, live, ForetoldRecordingsLawTest::reading);
          Report slowly = run(change, stored, live, BLIND);
          assertThat(ahead.before().course().log()).isEqualTo(slowly.before().course().log());
          assertThat(ahead.after().course().log()).isEqualTo(slowly.after().course().log());
          lines.add(live.log().size());
          spared.add(slowly.after().course().looks() - ahead.after().course().looks());
        });
    assertThat(lines.stream().mapToInt(Integer::intValue).average().orElse(0)).isGreaterThan(20);
    assertThat(spared).anyMatch(looks -> looks > 50);
  }

  private static MemorySeries stored(Random random, Instant begin) {
    MemorySeries series = new MemorySeries();
    for (int i = 0; i < 3; i++) {
      Labels labels = Labels.of(Labels.NAME, "m", "i", "h" + i);
      double value = 0;
      boolean there = true;
      for (int second = -7200; second < SECONDS; second += 5) {
        value += random.nextInt(5) - 2;
        boolean ends = random.nextInt(40) == 0;
        if (there) {
          var _ =
              series.add(
                  labels,
                  begin.plusSeconds(second).toEpochMilli() + i,
                  ends ? Sample.STALE : value);
        }
        there = ends ? !there : there;
      }
    }
    return series;
  }

  private static Setup setup(Random random) {
    StringBuilder text = new StringBuilder("groups:\n");
    int groups = 2 + random.nextInt(3);
    int recorded = 0;
    for (int group = 0; group < groups; group++) {
      text.append("- name: g").append(group).append("\n  interval: ");
      text.append(List.of("5s", "7s", "10s", "15s").get(random.nextInt(4))).append('\n');
      if (random.nextInt(4) == 0) {
        text.append("  query_offset: ").append(1 + random.nextInt(20)).append("s\n");
      }
      if (random.nextInt(4) == 0) {
        text.append("  limit: 2\n");
      }
      text.append("  rules:\n");
      for (int rule = 0; rule < 4; rule++) {
        String expression = expression(random);
        if (random.nextInt(5) < 3) {
          String name = "r" + (random.nextInt(3) == 0 ? random.nextInt(4) : recorded++ % 4);
          String label = random.nextBoolean() ? "" : ", labels: {l: l" + random.nextInt(2) + "}";
          text.append("  - {record: %s, expr: '%s'%s}%n".formatted(name, expression, label));
        } else {
          text.append(
              "  - {alert: A%d, expr: '%s > %d', for: %ds%s}%n"
                  .formatted(
                      random.nextInt(3),
                      expression,
                      random.nextInt(9) - 4,
                      random.nextInt(3) * 5,
                      random.nextInt(4) == 0 ? ", labels: {q: '{{ query \"r1\" | len }}'}" : ""));
        }
      }
    }
    return setup(text.toString());
  }

  private static String expression(Random random) {
    String recorded = "r" + random.nextInt(4);
    return switch (random.nextInt(13)) {
      case 0 -> "sum by (i) (m)";
      case 1 -> "avg_over_time(m[30s])";
      case 2 -> "topk(1, m)";
      case 3 -> "m / on () m"; // fails while there is more than one
      case 4 -> "count({i=\"h1\"})";
      case 5 -> "sum(ALERTS{alertname=\"A1\"}) or vector(0)";
      case 6 -> "count(ALERTS) or vector(0)";
      case 7, 8 -> "avg_over_time(" + recorded + "[1m])";
      case 9 -> "sum by (i) (" + recorded + ")";
      case 10 -> "max_over_time(" + recorded + "[5m] offset 20s)";
      default -> recorded;
    };
  }

  private static Setup setup(String rules) {
    Mistakes mistakes = new Mistakes();
    AlertEngineConfig config =
        AlertEngineConfig.from(
            Yaml.parse("alerting", "{interval: 10s, hold-without-data: 1m}", mistakes),
            Yaml.parse("delivery", "{}", mistakes),
            NOWHERE,
            NOWHERE);
    AlertRules read =
        AlertRules.parse("rules.yml", rules, mistakes, new Vocabulary(PromQl::check, Map.of()));
    AlertRouting routing =
        AlertRouting.read(config, OnCall.read(config.onCall(), mistakes), mistakes);
    mistakes.throwIfAny();
    return new Setup(config, read, routing, Topology.NONE);
  }

  private static Plan plan(Setup before, Setup after, Instant begin, boolean asItRan) {
    return new Plan(
        before,
        after,
        begin,
        begin.plusSeconds(SECONDS),
        Optional.empty(),
        ZoneOffset.UTC,
        List.of(),
        asItRan);
  }

  /// What the live engine notes, which is stopped and started now and then.
  private static Recorded live(Random random, Setup setup, MemorySeries before, Instant begin) {
    SimTime time = new SimTime();
    MemorySeries series = new MemorySeries();
    before
        .select(List.of(), 0, begin.plusSeconds(SECONDS).toEpochMilli())
        .forEach(each -> copy(each, series));
    try (Database database = Database.temporary();
        PromQl promql = promql(Sources.of(series), time)) {
      AlertSurroundings with =
          new AlertSurroundings(
              database, time, new SimpleMeterRegistry(), OpenTelemetry.noop().getTracer("test"));
      AlertEngine engine = started(setup, promql, series, with);
      for (int second = 1; second < SECONDS; second++) {
        time.advanceTo(begin.plusSeconds(second));
        if (random.nextInt(300) == 0) {
          engine.close();
          second = Math.min(SECONDS - 1, second + random.nextInt(60));
          time.advanceTo(begin.plusSeconds(second));
          engine = started(setup, promql, series, with);
        }
      }
      time.advanceTo(begin.plusSeconds(SECONDS).minusMillis(1));
      Recorded recorded = Recorded.of(engine.journal(), begin, begin.plusSeconds(SECONDS));
      engine.close();
      return recorded;
    }
  }

  private static void copy(StoredSeries from, MemorySeries into) {
    Points points = new Points(from.size());
    from.read(points);
    for (int i = 0; i < points.size(); i++) {
      var _ = into.add(from.labels(), points.timestamp(i), points.value(i));
    }
  }

  private static AlertEngine started(
      Setup setup, PromQl promql, MemorySeries series, AlertSurroundings with) {
    AlertPorts ports =
        new AlertPorts(
            promql::elements,
            (query, _) -> {
              throw new Unsupported("no logs: " + query);
            },
            promql::hasData,
            PromQl::metricNames,
            PromQl::compared,
            PromQl::sampleCounts,
            _ -> {},
            _ -> {},
            series::append,
            () -> "",
            _ -> {},
            Topology.NONE);
    return AlertEngine.start(setup.config(), setup.rules(), setup.routing(), ports, with);
  }

  private static Report run(Plan plan, MemorySeries stored, Recorded recorded, Readings readings) {
    return new Backtest(
            own -> open(stored, own),
            Past.ofLogs((_, _) -> List.of(), (_, _, _, _) -> List.of()),
            new Grammar(readings, PromQl::compared, PromQl::sampleCounts),
            recorded)
        .run(plan, new Backtest.Watcher(_ -> {}, () -> false));
  }

  private static Past open(MemorySeries stored, OwnSeries own) {
    PromQl promql =
        promql(
            Sources.of((matchers, from, to) ->
                own.over(stored.select(matchers, from, to), matchers, from, to)),
            new SimTime());
    return new Past(
        promql::elements,
        (expression, from, to, step) -> rows(promql, expression, from, to, step),
        promql::hasData,
        promql::close);
  }

  private static PromQl promql(Sources sources, Time time) {
    return new PromQl(PromQlConfig.DEFAULT, sources, time, new SimpleMeterRegistry());
  }

  private static List<Series> rows(
      PromQl promql, String expression, Instant from, Instant to, long step) {
    return switch (promql.range(expression, from, to, Duration.ofMillis(step))) {
      case Answer.Matrix matrix -> matrix.series();
      case Answer.Vector _, Answer.Scalar _, Answer.Text _ ->
          throw new IllegalStateException("a range query came to no matrix");
    };
  }

  private static Reading reading(String expression) {
    hinomi.promql.Reading reading = hinomi.promql.Reading.of(expression);
    return new Reading(
        reading.steady(),
        reading.selectors(),
        reading.presence(),
        reading.reach().plus(Duration.ofHours(1)));
  }
}
