package hinomi.ruletests;

import hinomi.alertengine.evaluate.GroupView;
import hinomi.alertengine.evaluate.Rehearsal;
import hinomi.alertengine.evaluate.RuleView;
import hinomi.alertengine.rule.Rule;
import hinomi.alertengine.rule.RuleGroup;
import hinomi.alertengine.rule.Watch;
import hinomi.alertengine.state.Alert;
import hinomi.model.Failure;
import hinomi.promql.PromQlConfig;
import hinomi.promql.notation.HistogramNotation;
import hinomi.promql.notation.Point;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Runs one group of tests in a world of its own: empty but for the group's series, its clock at
/// the group's start. One use, one thread.
final class TestGroupRun {
  private final TestFile file;
  private final TestFile.Group group;
  private final List<RuleGroup> rules;
  private final PromQlConfig queries;
  private final List<String> failures = new ArrayList<>();

  /// @param rules in the order in which they are evaluated
  TestGroupRun(TestFile file, TestFile.Group group, List<RuleGroup> rules, PromQlConfig queries) {
    this.file = file;
    this.group = group;
    this.rules = rules;
    this.queries = queries.withSubqueryStep(file.interval());
  }

  /// None when all is as expected.
  List<String> failures() {
    RuleWorld.Contents contents =
        new RuleWorld.Contents(group.start(), group.interval(), group.series());
    Rehearsal.Terms terms =
        new Rehearsal.Terms(group.interval(), Duration.ZERO, group.external().labels());
    try (RuleWorld world = new RuleWorld(contents, rules, queries, terms, group.external().url())) {
      if (evaluateRules(world)) {
        group.queries().forEach(test -> judge(test, world));
      }
    }
    return failures;
  }

  /// Evaluates at each interval up to the last case and judges the alerts on the way; a rule that
  /// fails ends the test.
  private boolean evaluateRules(RuleWorld world) {
    Duration end = group.end();
    for (Duration at = Duration.ZERO; at.compareTo(end) <= 0; at = at.plus(file.interval())) {
      List<GroupView> views = world.evaluate(at);
      if (isAnyFailed(views, group.start().plus(at))) {
        return false;
      }
      judgeAlerts(views, at);
    }
    return true;
  }

  private boolean isAnyFailed(List<GroupView> views, Instant now) {
    int before = failures.size();
    for (GroupView view : views) {
      for (RuleView rule : view.rules()) {
        if (!rule.error().isEmpty() && !isForeseen(rule.rule())) {
          Duration at = Duration.between(Instant.EPOCH, now);
          failures.add(Wording.ruleFailed(rule.rule().name(), at, rule.error()));
        }
      }
    }
    return failures.size() > before;
  }

  /// Whether a rule says itself what is to be done when it fails.
  private static boolean isForeseen(Rule rule) {
    return rule instanceof Rule.Alerting alerting
        && alerting.watch().error().action() != Watch.Action.HOLD;
  }

  /// The cases of the time up to the next evaluation, in the order of their times.
  private void judgeAlerts(List<GroupView> views, Duration at) {
    Duration next = at.plus(file.interval());
    group.alerts().stream()
        .filter(test -> test.at().compareTo(at) >= 0 && test.at().compareTo(next) < 0)
        .sorted(Comparator.comparing(TestFile.AlertCase::at))
        .forEach(test -> judge(test, firing(views, test.alertname())));
  }

  private static List<TestFile.FiringAlert> firing(List<GroupView> views, String alertname) {
    return views.stream()
        .flatMap(view -> view.rules().stream())
        .filter(rule -> rule.rule().name().equals(alertname))
        .flatMap(rule -> rule.alerts().stream())
        .filter(alert -> alert.phase() == Alert.Phase.FIRING)
        .map(alert -> new TestFile.FiringAlert(alert.labels().toMap(), alert.annotations()))
        .sorted(TestFile.FiringAlert.ORDER)
        .toList();
  }

  private void judge(TestFile.AlertCase test, List<TestFile.FiringAlert> got) {
    List<TestFile.FiringAlert> expected =
        test.expected().stream().sorted(TestFile.FiringAlert.ORDER).toList();
    if (!expected.equals(got)) {
      failures.add(Wording.alerts(group, test, got));
    }
  }

  private void judge(TestFile.QueryCase test, RuleWorld world) {
    List<Answered> got;
    try {
      got = Answered.of(world.query(test.expression(), test.at()));
    } catch (Failure e) {
      failures.add(Wording.queryFailed(test, e.reason()));
      return;
    }
    List<Answered> expected =
        test.expected().stream().sorted(Comparator.comparing(Answered::labels)).toList();
    boolean same = expected.size() == got.size();
    for (int i = 0; same && i < got.size(); i++) {
      same = same(expected.get(i), got.get(i));
    }
    if (!same) {
      failures.add(Wording.query(test, expected, got));
    }
  }

  private boolean same(Answered expected, Answered got) {
    if (!expected.labels().equals(got.labels())) {
      return false;
    }
    return switch (expected.value()) {
      case Point.Plain one ->
          got.value() instanceof Point.Plain other && same(one.value(), other.value());
      case Point.Native one ->
          got.value() instanceof Point.Native other
              && HistogramNotation.print(one.histogram())
                  .equals(HistogramNotation.print(other.histogram()));
    };
  }

  /// NaN equals nothing, as in promtool.
  private boolean same(double one, double other) {
    return one == other
        || (file.fuzzy() && (Math.nextDown(one) == other || Math.nextUp(one) == other));
  }
}
