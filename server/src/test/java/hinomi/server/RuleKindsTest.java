package hinomi.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import hinomi.alertengine.rule.AlertRules;
import hinomi.alertengine.rule.Rule;
import hinomi.alertengine.rule.Vocabulary;
import hinomi.model.Labels;
import hinomi.model.Matcher;
import hinomi.model.Points;
import hinomi.model.Sample;
import hinomi.model.StoredSeries;
import hinomi.promql.PromQl;
import hinomi.promql.PromQlConfig;
import hinomi.promql.parse.Dialect;
import hinomi.settings.Mistakes;
import hinomi.testkit.SimTime;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What the kinds of rules generate, evaluated by our own PromQL and held against plain
/// computations of the same.
final class RuleKindsTest {
  private static final Instant NOW = Instant.parse("2027-03-03T03:00:00Z");
  private static final double HOUR = 3600;
  private static final double DAY = 24 * HOUR;

  private final Map<Labels, TreeMap<Long, Double>> store = new TreeMap<>();
  private final PromQl promql =
      new PromQl(PromQlConfig.DEFAULT, this::select, new SimTime(), new SimpleMeterRegistry());

  @AfterEach
  void close() {
    promql.close();
  }

  private record Held(Labels labels, Map<Long, Double> samples) implements StoredSeries {
    @Override
    public int size() {
      return samples.size();
    }

    @Override
    public void read(Points into) {
      samples.forEach(into::add);
    }
  }

  private List<Held> select(List<Matcher> matchers, long from, long to) {
    List<Held> found = new ArrayList<>();
    store.forEach((labels, samples) -> {
      if (from <= to && Matcher.allMatch(matchers, labels)) {
        Map<Long, Double> part = samples.subMap(from, true, to, true);
        if (!part.isEmpty()) {
          found.add(new Held(labels, part));
        }
      }
    });
    return found;
  }

  /// A series up to now.
  ///
  /// @param value by seconds since the epoch
  private void load(Labels labels, double span, double step, DoubleUnaryOperator value) {
    double now = NOW.getEpochSecond();
    TreeMap<Long, Double> samples = store.computeIfAbsent(labels, _ -> new TreeMap<>());
    for (double t = now - span; t <= now; t += step) {
      samples.put((long) (t * 1000), value.applyAsDouble(t));
    }
  }

  private static List<Rule> rules(String hinomi) {
    Mistakes mistakes = new Mistakes();
    AlertRules rules =
        AlertRules.parse(
            "r.yaml",
            "groups: [{name: g, rules: [{alert: X, hinomi: {" + hinomi + "}}]}]",
            mistakes,
            Vocabulary.of(text -> PromQl.check(text, Dialect.FULL), List.of(), List.of()));
    mistakes.throwIfAny();
    return rules.groups().getFirst().rules();
  }

  /// Evaluates them in order as a group does, and returns what the last yields.
  private List<Sample> evaluate(List<Rule> rules) {
    List<Sample> last = List.of();
    for (Rule rule : rules) {
      last = promql.vector(rule.expression(), NOW);
      if (rule instanceof Rule.Recording recording) {
        for (Sample sample : last) {
          Labels.Builder labels = Labels.builder().setAll(sample.labels());
          recording.labels().forEach(labels::set);
          store
              .computeIfAbsent(
                  labels.set(Labels.NAME, recording.name()).build(), _ -> new TreeMap<>())
              .put(NOW.toEpochMilli(), sample.value());
        }
      }
    }
    return last;
  }

  private static double wave(double t) {
    return 100 + t / DAY * 5 % 1e6 + 40 * Math.sin(2 * Math.PI * t / DAY) - 5 * 20_000;
  }

  @Test
  void a_seasonal_forecast_of_a_line_and_a_season_is_what_comes() {
    load(Labels.of("__name__", "q"), 4 * DAY, 60, RuleKindsTest::wave);
    List<Sample> foreseen =
        evaluate(
            rules(
                "forecast: {of: q, in: 4h, over: 10m, above: -1e9, method: holt-winters, season:"
                    + " 1d}"));
    double now = NOW.getEpochSecond();
    double comes = 0; // the mean over the ten minutes before that time
    for (int i = 0; i < 10; i++) {
      comes += wave(now + 4 * HOUR - 60 * i) / 10;
    }
    assertThat(foreseen.getFirst().value()).isCloseTo(comes, within(0.01));
    double straight =
        evaluate(rules("forecast: {of: q, in: 4h, over: 10m, above: -1e9}")).getFirst().value();
    assertThat(Math.abs(straight - comes)).isGreaterThan(10);
  }

  @Test
  void a_forecast_does_with_the_seasons_that_there_are() {
    load(Labels.of("__name__", "q"), 1.5 * DAY, 60, RuleKindsTest::wave);
    double now = NOW.getEpochSecond();
    assertThat(
            evaluate(
                    rules(
                        "forecast: {of: q + 0, in: 4h, over: 10m, above: -1e9, method:"
                            + " holt-winters}"))
                .getFirst()
                .value())
        .isCloseTo(wave(now + 4 * HOUR), within(5.0));
  }

  @Test
  void an_anomaly_is_far_from_this_hour_of_the_week() {
    double now = NOW.getEpochSecond();
    DoubleUnaryOperator ordinary =
        t -> 1000 + 300 * Math.sin(2 * Math.PI * t / DAY) + 20 * Math.sin(t * 7.3);
    // One of the weeks was an outage; it moves neither the median nor the spread much.
    load(
        Labels.of("__name__", "orders", "market", "a"),
        29 * DAY,
        60,
        t -> Math.abs(t - (now - 7 * DAY)) < HOUR ? 0 : ordinary.applyAsDouble(t));
    load(
        Labels.of("__name__", "orders", "market", "b"),
        29 * DAY,
        60,
        t -> t > now - 600 ? ordinary.applyAsDouble(t) / 2 : ordinary.applyAsDouble(t));
    load(Labels.of("__name__", "orders", "market", "new"), 10 * DAY, 60, _ -> 7);
    List<Sample> far = evaluate(rules("anomaly: {of: orders, weeks: 4, deviations: 4}"));
    assertThat(far).singleElement().extracting(s -> s.labels().get("market")).isEqualTo("b");
    assertThat(evaluate(rules("anomaly: {of: orders, direction: up}"))).isEmpty();
    assertThat(evaluate(rules("anomaly: {of: orders, direction: down, at-least: 5000}"))).isEmpty();
  }

  @Test
  void moments_at_which_the_condition_did_not_hold_are_left_out() {
    double now = NOW.getEpochSecond();
    load(
        Labels.of("__name__", "orders", "market", "a"),
        29 * DAY,
        60,
        t -> t > now - 22 * DAY && t < now - DAY ? 5 : 1000);
    load(
        Labels.of("__name__", "open", "market", "a"),
        29 * DAY,
        60,
        t -> t > now - 22 * DAY && t < now - 20 * DAY ? 0 : 1);
    List<Sample> _ =
        evaluate(rules("anomaly: {of: orders, while: open == 1, \"on\": [market], weeks: 3}"));
    assertThat(store.keySet().stream().map(Labels::metric)).contains("hinomi:baseline:median");
  }

  @Test
  void an_objective_burns_where_errors_are_many_and_recent() {
    double now = NOW.getEpochSecond();
    for (String market : List.of("good", "bad", "over", "thin")) {
      double rate = market.equals("thin") ? 0.002 : 10;
      load(
          Labels.of("__name__", "total", "market", market),
          7 * HOUR,
          30,
          t -> rate * (t - now + 7 * HOUR));
      double from = now - 2 * HOUR;
      double until = market.equals("over") ? now - 2400 : now;
      load(
          Labels.of("__name__", "errors", "market", market),
          7 * HOUR,
          30,
          t -> market.equals("good") ? 0 : 0.05 * rate * Math.max(0, Math.min(t, until) - from));
    }
    List<Rule> rules =
        rules("objective: {objective: 99.9, errors: errors, total: total, by: [market]}");
    List<Sample> fast = promql.vector(rules.getFirst().expression(), NOW);
    assertThat(fast).singleElement().extracting(s -> s.labels().get("market")).isEqualTo("bad");
    assertThat(fast.getFirst().value()).isCloseTo(50, within(0.5)); // 5 % of errors, 0.1 % allowed
  }

  @Test
  void an_inventory_misses_whom_nobody_has_heard() {
    load(Labels.of("__name__", "up", "instance", "a"), HOUR, 15, _ -> 1);
    load(Labels.of("__name__", "up", "instance", "gone"), 3 * DAY, 60, _ -> 1);
    store.forEach((labels, samples) -> {
      if (labels.get("instance").equals("gone")) {
        samples.tailMap(NOW.toEpochMilli() - 600_000).clear();
      }
    });
    assertThat(evaluate(rules("inventory: {of: up, expect: [{instance: a}, {instance: $b}]}")))
        .singleElement()
        .extracting(s -> s.labels().get("instance"))
        .isEqualTo("$b");
    assertThat(evaluate(rules("inventory: {of: up, from: up, by: [instance]}")))
        .singleElement()
        .extracting(s -> s.labels().get("instance"))
        .isEqualTo("gone");
    StringBuilder many = new StringBuilder("{instance: a}");
    for (int i = 0; i < 119; i++) {
      many.append(", {instance: h").append(i).append('}');
    }
    assertThat(evaluate(rules("inventory: {of: up, expect: [" + many + "]}"))).hasSize(119);
  }

  @Test
  void a_composite_fires_where_enough_fire_together() {
    for (String[] alert :
        new String[][] {
          {"A", "x", "firing"}, {"B", "x", "firing"}, {"A", "y", "firing"}, {"B", "y", "pending"}
        }) {
      load(
          Labels.of(
              "__name__",
              "ALERTS",
              "alertname",
              alert[0],
              "host",
              alert[1],
              "alertstate",
              alert[2]),
          60,
          15,
          _ -> 1);
    }
    assertThat(evaluate(rules("composite: {all: [A, B], by: [host]}")))
        .singleElement()
        .extracting(s -> s.labels().get("host"))
        .isEqualTo("x");
    assertThat(evaluate(rules("composite: {any: [A, B], by: [host]}"))).hasSize(2);
    assertThat(evaluate(rules("composite: {any: [A], none: [B], by: [host]}")))
        .singleElement()
        .extracting(s -> s.labels().get("host"))
        .isEqualTo("y");
  }
}
