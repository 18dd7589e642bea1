package hinomi.alertengine.state;

import static org.assertj.core.api.Assertions.assertThat;

import hinomi.alertengine.rule.Watch;
import hinomi.alertengine.rule.Watch.Action;
import hinomi.alertengine.rule.kind.Language;
import hinomi.alertengine.state.AlertStates.Element;
import hinomi.alertengine.state.AlertStates.Grounds;
import hinomi.alertengine.state.AlertStates.Outcome;
import hinomi.alertengine.state.AlertStates.Step;
import hinomi.model.Labels;
import hinomi.testkit.Seeds;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// Whatever becomes of the series of whatever rule, step by step.
final class RuleStatesLawTest {
  private static final Instant BEGIN = Instant.parse("2026-03-02T00:00:00Z");
  private static final Duration STEP = Duration.ofSeconds(10);
  private static final Labels[] SERIES = {
    Labels.of("i", "a"), Labels.of("i", "b"), Labels.of("i", "c")
  };

  private static Duration seconds(Random random, int most) {
    return Duration.ofSeconds(random.nextInt(most / 10) * 10L);
  }

  private static Watch.Unjudged unjudged(Random random) {
    Action action = List.of(Action.values()).get(random.nextInt(Action.values().length));
    return new Watch.Unjudged(seconds(random, 120), action, Duration.ofDays(1));
  }

  private static Watch watch(Random random) {
    return new Watch(
        Watch.Trigger.ARRIVAL,
        "",
        unjudged(random),
        unjudged(random),
        random.nextBoolean() ? Optional.empty() : Optional.of(seconds(random, 300)),
        0,
        Optional.empty(),
        Language.PROMQL,
        "");
  }

  private static Element element(Labels labels, boolean mayFire) {
    return new Element(labels, Map.of(), 1, mayFire);
  }

  private static Element own(Unjudgeable why, Watch.Unjudged unjudged, Labels labels) {
    return new Element(why.own(labels, unjudged.action()), Map.of(), Double.NaN, true);
  }

  /// A world of three series in which runs of equal states are likely.
  private static final class Course {
    private final Random random;
    private final RuleStates states;
    private final Duration lag;
    private final int[] state = new int[SERIES.length]; // 0 ok, 1 breach, 2 recovering, 3 gone
    private int whole; // 0 answered, 1 failed, 2 outside
    private Map<Labels, Alert> alerts = new LinkedHashMap<>();
    private final Map<Labels, Instant> wrongSince = new HashMap<>();
    private final Map<Labels, Instant> goneSince = new HashMap<>();

    Course(Random random) {
      this.random = random;
      this.states =
          new RuleStates(
              watch(random), seconds(random, 90), seconds(random, 60), seconds(random, 600));
      this.lag = seconds(random, 60);
    }

    void step(Instant at) {
      for (int i = 0; i < SERIES.length; i++) {
        state[i] = random.nextInt(5) == 0 ? random.nextInt(4) : state[i];
      }
      whole = random.nextInt(6) == 0 ? random.nextInt(3) : whole;
      Finding finding = finding();
      Outcome outcome = states.judge(alerts, finding, at, lag);
      note(finding, at);
      for (Step step : outcome.steps()) {
        check(step, finding, at);
      }
      consistent(outcome);
      alerts = outcome.after();
      forget(finding);
    }

    private Finding finding() {
      if (whole == 1) {
        return new Finding.Failed(
            "failed", own(Unjudgeable.ERROR, states.watch().error(), Labels.of("r", "x")));
      }
      if (whole == 2) {
        return new Finding.Outside("outside");
      }
      Map<Labels, Element> wrong = new LinkedHashMap<>();
      Map<Labels, Element> recovering = new LinkedHashMap<>();
      Map<Labels, Element> silent = new LinkedHashMap<>();
      Set<Labels> there = new HashSet<>();
      for (int i = 0; i < SERIES.length; i++) {
        if (state[i] == 1) {
          wrong.put(SERIES[i], element(SERIES[i], random.nextInt(4) > 0));
        } else if (state[i] == 2) {
          recovering.put(SERIES[i], element(SERIES[i], true));
        }
        if (state[i] < 3) {
          there.add(SERIES[i]);
        } else if (states.watch().noData().raises()) {
          Element own = own(Unjudgeable.NODATA, states.watch().noData(), SERIES[i]);
          silent.put(own.labels(), own);
        }
      }
      return new Finding.Answered(wrong, recovering, new Grounds(there::contains, "why"), silent);
    }

    /// Since when, by the findings alone, each alert has had or lacked its cause. A failure neither
    /// begins nor ends what it cannot see.
    private void note(Finding finding, Instant at) {
      switch (finding) {
        case Finding.Answered answered -> {
          Set<Labels> wrong = new HashSet<>(answered.elements().keySet());
          wrong.addAll(answered.silent().keySet());
          wrongSince.keySet().retainAll(wrong);
          wrong.forEach(labels -> wrongSince.putIfAbsent(labels, at));
          Set<Labels> present = new HashSet<>(answered.elements().keySet());
          present.addAll(answered.recovering().keySet());
          goneSince.keySet().removeAll(present);
          for (Labels series : SERIES) {
            if (!present.contains(series)) {
              goneSince.putIfAbsent(series, at);
            }
          }
        }
        case Finding.Failed failed -> {
          wrongSince.putIfAbsent(failed.error().labels(), at);
          for (Labels series : SERIES) {
            goneSince.putIfAbsent(series, at);
          }
        }
        case Finding.Outside _ -> wrongSince.clear();
      }
    }

    private void forget(Finding finding) {
      if (!(finding instanceof Finding.Failed)) {
        wrongSince.keySet().removeIf(Unjudgeable.ERROR::is);
      }
    }

    private void check(Step step, Finding finding, Instant at) {
      Labels labels = step.alert().labels();
      switch (step.change()) {
        case FIRED -> fired(labels, finding, at);
        case RESOLVED -> resolved(step.alert(), finding, at);
        case STARTED, DROPPED, WITHDRAWN, FORGOTTEN, KEPT -> {}
      }
    }

    private void fired(Labels labels, Finding finding, Instant at) {
      Instant since = wrongSince.get(labels);
      assertThat(since).as("fires for a cause").isNotNull();
      Duration wait =
          Unjudgeable.NODATA.is(labels)
              ? states.watch().noData().holdFor().plus(lag)
              : Unjudgeable.ERROR.is(labels) ? states.watch().error().holdFor() : states.holdFor();
      if (since != null) {
        assertThat(Duration.between(since, at)).as("%s waits", labels).isGreaterThanOrEqualTo(wait);
      }
      if (finding instanceof Finding.Answered answered && answered.elements().containsKey(labels)) {
        Element element = answered.elements().get(labels);
        assertThat(element != null && element.mayFire()).as("enough is known").isTrue();
      }
    }

    private void resolved(Alert alert, Finding finding, Instant at) {
      Labels labels = alert.labels();
      boolean said = alert.annotations().containsKey(Alert.REASON);
      switch (finding) {
        case Finding.Answered answered when states.isBreach(labels) -> {
          assertThat(answered.elements()).doesNotContainKey(labels);
          assertThat(answered.recovering()).doesNotContainKey(labels);
          assertThat(said)
              .as("says so when it is not on evidence")
              .isNotEqualTo(answered.grounds().judged().test(labels));
          Instant since = goneSince.getOrDefault(labels, at);
          assertThat(Duration.between(since, at)).as("late data").isGreaterThanOrEqualTo(lag);
        }
        case Finding.Answered answered -> assertThat(answered.silent()).doesNotContainKey(labels);
        case Finding.Failed _ -> {
          assertThat(states.watch().error().action()).isEqualTo(Action.OK);
          assertThat(said).isTrue();
        }
        case Finding.Outside _ -> assertThat(said).isTrue();
      }
    }

    /// Each step is of an alert that is left so, and an alert without one is left as it was.
    private void consistent(Outcome outcome) {
      Map<Labels, Alert> last = new HashMap<>();
      outcome.steps().forEach(step -> last.put(step.alert().labels(), step.alert()));
      outcome
          .after()
          .forEach((labels, alert) -> {
            Alert stepped = last.get(labels);
            Alert before = alerts.get(labels);
            if (stepped == null && before != null) {
              assertThat(alert.phase()).isEqualTo(before.phase());
            } else {
              assertThat(alert.phase()).isEqualTo(stepped == null ? null : stepped.phase());
            }
          });
    }
  }

  @Test
  void nothing_fires_before_its_time_and_nothing_is_over_without_evidence_or_a_word() {
    Seeds.forAll(
        500,
        random -> {
          Course course = new Course(random);
          for (int i = 0; i < 200; i++) {
            course.step(BEGIN.plus(STEP.multipliedBy(i)));
          }
        });
  }

  @Test
  void a_plain_rule_is_judged_as_prometheus_does() {
    Seeds.forAll(
        200,
        random -> {
          Duration hold = seconds(random, 90);
          Duration keep = seconds(random, 60);
          Duration max = seconds(random, 300);
          RuleStates rule = new RuleStates(Watch.PLAIN, hold, keep, max);
          AlertStates plain = new AlertStates(hold, keep, max);
          Map<Labels, Alert> alerts = Map.of();
          boolean data = true;
          for (int i = 0; i < 200; i++) {
            Instant at = BEGIN.plus(STEP.multipliedBy(i));
            Map<Labels, Element> elements = new LinkedHashMap<>();
            for (Labels series : SERIES) {
              if (random.nextInt(3) > 0) {
                elements.put(series, element(series, true));
              }
            }
            data = random.nextInt(6) == 0 ? !data : data;
            boolean there = data;
            Grounds grounds = new Grounds(_ -> there, "no data");
            Finding finding = new Finding.Answered(elements, Map.of(), grounds, Map.of());
            Outcome outcome = rule.judge(alerts, finding, at, Duration.ZERO);
            assertThat(outcome).isEqualTo(plain.judge(alerts, elements, at, grounds));
            alerts = outcome.after();
            Finding failed = new Finding.Failed("failed", element(Labels.of("r", "x"), true));
            assertThat(rule.judge(alerts, failed, at, Duration.ZERO))
                .isEqualTo(new Outcome(alerts, List.of()));
          }
        });
  }
}
