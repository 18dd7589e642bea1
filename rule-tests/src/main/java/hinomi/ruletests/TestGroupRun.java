package hinomi.ruletests;

import hinomi.alertengine.AlertPorts;
import hinomi.alertengine.evaluate.GroupView;
import hinomi.alertengine.evaluate.Rehearsal;
import hinomi.alertengine.evaluate.RuleView;
import hinomi.alertengine.rule.RuleGroup;
import hinomi.alertengine.state.Alert;
import hinomi.model.Failure;
import hinomi.model.HistogramSample;
import hinomi.model.Labels;
import hinomi.model.Sample;
import hinomi.model.Unsupported;
import hinomi.model.VirtualTime;
import hinomi.promql.Answer;
import hinomi.promql.PromQl;
import hinomi.promql.PromQlConfig;
import hinomi.promql.memory.MemorySeries;
import hinomi.promql.notation.HistogramNotation;
import hinomi.promql.notation.Point;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
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
  private final VirtualTime time;
  private final MemorySeries series = new MemorySeries();
  private final List<String> failures = new ArrayList<>();

  /// @param rules in the order in which they are evaluated
  TestGroupRun(TestFile file, TestFile.Group group, List<RuleGroup> rules, PromQlConfig queries) {
    this.file = file;
    this.group = group;
    this.rules = rules;
    this.queries = queries.withSubqueryStep(file.interval());
    this.time = new VirtualTime(group.start());
  }

  /// None when all is as expected.
  List<String> failures() {
    try (PromQl promQl = new PromQl(queries, series, time, new SimpleMeterRegistry())) {
      if (evaluateRules(promQl)) {
        group.queries().forEach(test -> judge(test, promQl));
      }
    }
    return failures;
  }

  /// Evaluates at each interval up to the last case and judges the alerts on the way; a rule that
  /// fails ends the test.
  private boolean evaluateRules(PromQl promQl) {
    Rehearsal rehearsal =
        new Rehearsal(
            rules,
            ports(promQl),
            time,
            new Rehearsal.Terms(group.interval(), Duration.ZERO, group.external().labels()));
    InputSeries input = new InputSeries(series, group);
    Duration end = group.end();
    for (Duration at = Duration.ZERO; at.compareTo(end) <= 0; at = at.plus(file.interval())) {
      Instant now = group.start().plus(at);
      time.advanceTo(now);
      input.until(now);
      rehearsal.evaluate(now);
      List<GroupView> views = rehearsal.views();
      if (isAnyFailed(views, now)) {
        return false;
      }
      judgeAlerts(views, at);
    }
    return true;
  }

  private AlertPorts ports(PromQl promQl) {
    return new AlertPorts(
        promQl::vector,
        (query, _) -> {
          throw new Unsupported("a rule test has no logs to ask: " + query);
        },
        promQl::hasData,
        PromQl::metricNames,
        PromQl::compared,
        PromQl::sampleCounts,
        _ -> {},
        _ -> {},
        series::append,
        () -> group.external().url(),
        _ -> {});
  }

  private boolean isAnyFailed(List<GroupView> views, Instant now) {
    int before = failures.size();
    for (GroupView view : views) {
      for (RuleView rule : view.rules()) {
        if (!rule.error().isEmpty()) {
          Duration at = Duration.between(Instant.EPOCH, now);
          failures.add(Wording.ruleFailed(rule.rule().name(), at, rule.error()));
        }
      }
    }
    return failures.size() > before;
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

  private void judge(TestFile.QueryCase test, PromQl promQl) {
    List<TestFile.Answered> got;
    try {
      got = answered(promQl.instant(test.expression(), group.start().plus(test.at())));
    } catch (Failure e) {
      failures.add(Wording.queryFailed(test, e.reason()));
      return;
    }
    List<TestFile.Answered> expected =
        test.expected().stream().sorted(Comparator.comparing(TestFile.Answered::labels)).toList();
    boolean same = expected.size() == got.size();
    for (int i = 0; same && i < got.size(); i++) {
      same = same(expected.get(i), got.get(i));
    }
    if (!same) {
      failures.add(Wording.query(test, expected, got));
    }
  }

  /// Sorted by labels; an answer that is no vector fails.
  private static List<TestFile.Answered> answered(Answer answer) {
    List<TestFile.Answered> got = new ArrayList<>();
    switch (answer) {
      case Answer.Scalar scalar ->
          got.add(new TestFile.Answered(Labels.EMPTY, new Point.Plain(scalar.value())));
      case Answer.Vector vector -> {
        for (Sample sample : vector.samples()) {
          got.add(new TestFile.Answered(sample.labels(), new Point.Plain(sample.value())));
        }
        for (HistogramSample sample : vector.histograms()) {
          got.add(new TestFile.Answered(sample.labels(), new Point.Native(sample.value(), true)));
        }
      }
      case Answer.Matrix _, Answer.Text _ ->
          throw new hinomi.model.BadInput("rule result is not a vector or scalar");
    }
    got.sort(Comparator.comparing(TestFile.Answered::labels));
    return got;
  }

  private boolean same(TestFile.Answered expected, TestFile.Answered got) {
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
