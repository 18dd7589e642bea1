package hinomi.ruletests;

import hinomi.alertengine.evaluate.GroupView;
import hinomi.alertengine.evaluate.Rehearsal;
import hinomi.alertengine.evaluate.RuleView;
import hinomi.alertengine.state.Alert;
import hinomi.model.Failure;
import hinomi.model.Labels;
import hinomi.promql.PromQlConfig;
import hinomi.promql.notation.SeriesLine;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Runs a `.spec` file in the live engine's terms: an alert is resolved only on evidence. One use,
/// one thread.
final class SpecRun {
  private final Path file;
  private final SpecFile spec;
  private final PromQlConfig queries;
  private final List<String> failures = new ArrayList<>();

  SpecRun(Path file, SpecFile spec, PromQlConfig queries) {
    this.file = file;
    this.spec = spec;
    this.queries = queries.withSubqueryStep(spec.every());
  }

  /// None when all is as expected.
  List<String> failures() {
    List<SpecFile.Check> checks =
        spec.checks().stream().sorted(Comparator.comparing(SpecFile.Check::at)).toList();
    Rehearsal.Terms terms =
        new Rehearsal.Terms(spec.every(), RuleTests.HOLD_WITHOUT_DATA, Labels.EMPTY);
    try (RuleWorld world = new RuleWorld(spec.contents(), spec.rules(), queries, terms, "")) {
      Duration next = Duration.ZERO;
      List<GroupView> views = List.of();
      for (SpecFile.Check check : checks) {
        while (next.compareTo(check.at()) <= 0) {
          views = world.evaluate(next);
          next = next.plus(spec.every());
        }
        judge(check, views, world);
      }
    }
    return failures;
  }

  private void judge(SpecFile.Check check, List<GroupView> views, RuleWorld world) {
    switch (check) {
      case SpecFile.States states -> judge(states, views);
      case SpecFile.Query query -> judge(query, world);
    }
  }

  private void failed(SpecFile.Check check, Object expected, Object got) {
    failures.add("%s:%d: expected %s, got %s".formatted(file, check.line(), expected, got));
  }

  private void judge(SpecFile.States check, List<GroupView> views) {
    List<Alert> alerts = new ArrayList<>();
    for (GroupView view : views) {
      for (RuleView rule : view.rules()) {
        if (!rule.error().isEmpty()) {
          failed(check, "no error", rule.rule().name() + ": " + rule.error());
        }
        alerts.addAll(rule.alerts());
      }
    }
    List<Alert> left = new ArrayList<>(alerts);
    boolean same = check.alerts().size() == alerts.size();
    // Those that say more about their labels choose first.
    for (SpecFile.ExpectedAlert expected :
        check.alerts().stream()
            .sorted(Comparator.comparingInt(each -> -each.labels().length()))
            .toList()) {
      same &= take(expected, left);
    }
    if (!same) {
      failed(check, all(check.alerts()), all(alerts.stream().map(SpecRun::word).toList()));
    }
  }

  private static boolean take(SpecFile.ExpectedAlert expected, List<Alert> left) {
    Map<String, String> labels = SeriesLine.labels(expected.labels()).toMap();
    for (Alert alert : left) {
      if (alert.labels().get("alertname").equals(expected.name())
          && state(alert).equals(expected.state())
          && alert.labels().toMap().entrySet().containsAll(labels.entrySet())) {
        return left.remove(alert);
      }
    }
    return false;
  }

  private static String state(Alert alert) {
    return alert.phase().name().toLowerCase(Locale.ROOT);
  }

  private static String word(Alert alert) {
    Labels labels = alert.labels().without("alertname");
    return alert.labels().get("alertname")
        + (labels.equals(Labels.EMPTY) ? "" : Wording.labels(labels))
        + " "
        + state(alert);
  }

  private static String all(List<?> alerts) {
    return alerts.isEmpty()
        ? "nothing"
        : String.join(", ", alerts.stream().map(String::valueOf).toList());
  }

  private void judge(SpecFile.Query check, RuleWorld world) {
    String expected =
        Wording.samples(
            check.answer().stream().sorted(Comparator.comparing(Answered::labels)).toList());
    String got;
    try {
      got = Wording.samples(Answered.of(world.query(check.expression(), check.at())));
    } catch (Failure e) {
      got = e.reason();
    }
    if (!expected.equals(got)) {
      failed(check, expected, got);
    }
  }
}
