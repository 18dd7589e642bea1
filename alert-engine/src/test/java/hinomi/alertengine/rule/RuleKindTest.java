package hinomi.alertengine.rule;

import static org.assertj.core.api.Assertions.assertThat;

import hinomi.alertengine.rule.kind.Language;
import hinomi.model.BadInput;
import hinomi.settings.Mistake;
import hinomi.settings.Mistakes;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What kinds are read from and what they generate. What comes of it is evaluated where PromQL is.
final class RuleKindTest {
  private static final Vocabulary WORDS =
      new Vocabulary(RuleKindTest::check, Map.of()).withLogs(RuleKindTest::check);

  /// Balanced brackets pass, a range behind anything but a word does not, `!` never.
  private static void check(String expression) {
    int bad = expression.indexOf('!');
    if (bad < 0) {
      bad = expression.indexOf(")[1m])");
    }
    if (bad >= 0) {
      throw new BadInput("unexpected", bad);
    }
  }

  private static RuleGroup read(String file, String hinomi) {
    Mistakes mistakes = new Mistakes();
    AlertRules rules = AlertRules.parse(file, yaml(hinomi), mistakes, WORDS);
    mistakes.throwIfAny();
    return rules.groups().getFirst();
  }

  private static String yaml(String hinomi) {
    return """
    groups:
    - name: g
      rules:
      - alert: X
        hinomi:
    """
        + hinomi.indent(6);
  }

  private static List<String> mistakes(String hinomi) {
    Mistakes mistakes = new Mistakes();
    AlertRules _ = AlertRules.parse("r.yaml", yaml(hinomi), mistakes, WORDS);
    return mistakes.all().stream().map(Mistake::toString).toList();
  }

  private static String expression(String hinomi) {
    return read("r.yaml", hinomi).rules().getLast().expression();
  }

  @Test
  void an_objective_pages_for_fast_burns_and_tells_of_slow_ones() {
    List<Rule> rules =
        read(
                "r.yaml",
                """
                objective:
                  objective: 99.95
                  errors: orders_failed
                  total: orders
                  by: [market]
                """)
            .rules();
    assertThat(rules).map(Rule::id).containsExactly("r.yaml/g/X#1", "r.yaml/g/X#2");
    Rule.Alerting fast = (Rule.Alerting) rules.getFirst();
    assertThat(fast.labels()).extractingByKey("severity").extracting("source").isEqualTo("page");
    assertThat(fast.watch().origin())
        .isEqualTo(
            "objective 99.95 % over 30d: burn rate above 14.4 over 1h and 5m, or 6 over 6h and"
                + " 30m");
    assertThat(fast.expression())
        .startsWith(
            """
            (
              sum by (market) (rate(orders_failed[1h])) / sum by (market) (rate(orders[1h])) / 0.0005 > 14.4
              and
              sum by (market) (rate(orders_failed[5m])) / sum by (market) (rate(orders[5m])) / 0.0005 > 14.4
              and
              sum by (market) (rate(orders_failed[1h])) * 3600 >= 5
            )
            or
            """);
    Rule.Alerting slow = (Rule.Alerting) rules.getLast();
    assertThat(slow.labels()).extractingByKey("severity").extracting("source").isEqualTo("notice");
    assertThat(slow.watch().origin()).endsWith("above 3 over 1d and 2h, or 1 over 3d and 6h");
  }

  @Test
  void the_factors_follow_the_window_of_the_budget_but_never_below_one() {
    List<Rule> rules =
        read(
                "r.yaml",
                """
                objective:
                  objective: 99%
                  window: 28d
                  errors: sum(rate(e[$window])) + 0
                  total: sum(rate(t[$window]))
                """)
            .rules();
    assertThat(rules.getFirst().expression())
        .contains("(sum(rate(e[1h])) + 0) / (sum(rate(t[1h]))) / 0.01 > 13.44");
    assertThat(((Rule.Alerting) rules.getLast()).watch().origin())
        .endsWith("above 2.8 over 1d and 2h, or 1 over 3d and 6h");
  }

  @Test
  void a_forecast_without_a_season_is_a_line_that_has_something_to_go_by() {
    assertThat(expression("forecast: {of: disk_free, in: 4h, over: 1h, below: 10}"))
        .isEqualTo("predict_linear(disk_free[1h], 14400) < 10\nand disk_free offset 30m");
    assertThat(expression("forecast: {of: a + (b), in: 4h, over: 2h, above: 1e3}"))
        .isEqualTo(
            "predict_linear((a + (b))[2h:2m], 14400) > 1000\n"
                + "and last_over_time((a + (b))[1m:15s] offset 1h)");
  }

  @Test
  void a_composite_counts_what_fires_together() {
    assertThat(expression("composite: {all: [B, A], by: [host]}"))
        .isEqualTo(
            "count by (host) (max by (alertname, host) (ALERTS{alertname=~\"A|B\","
                + " alertstate=\"firing\"})) >= 2");
    assertThat(expression("composite: {of: [A, B, C], at-least: 2, none: [M.x]}"))
        .isEqualTo(
            "count (max by (alertname) (ALERTS{alertname=~\"A|B|C\", alertstate=\"firing\"})) >="
                + " 2\n"
                + "unless on () ALERTS{alertname=~\"M\\\\.x\", alertstate=\"firing\"}");
  }

  @Test
  void an_inventory_names_its_members(@TempDir Path folder) throws Exception {
    String inline = "inventory: {of: 'up', expect: [{job: n, instance: a}, {job: n, instance: b}]}";
    assertThat(expression(inline))
        .endsWith("\nunless on (instance, job) last_over_time(up[2m])")
        .contains("\"instance\", \"b\"");
    assertThat(expression("inventory: {of: up, from: up, over: 7d, by: [instance], within: 90s}"))
        .isEqualTo(
            "count by (instance) (count_over_time(up[1w]))\n"
                + "unless on (instance) last_over_time(up[1m30s])");
    Files.writeString(
        folder.resolve("hosts.yaml"),
        "expect:\n"
            + IntStream.range(0, 120)
                .mapToObj(i -> "- {instance: h" + i + "}\n")
                .collect(Collectors.joining()));
    List<Rule> rules =
        read(folder.resolve("r.yaml").toString(), "inventory: {of: up, file: hosts.yaml}").rules();
    assertThat(rules)
        .map(Rule::id)
        .containsExactly(
            "r.yaml/g/hinomi:inventory:expected#1",
            "r.yaml/g/hinomi:inventory:expected#2",
            "r.yaml/g/hinomi:inventory:expected#3",
            "r.yaml/g/X#1");
  }

  @Test
  void a_log_rule_speaks_its_own_language() {
    Rule.Alerting rule =
        (Rule.Alerting)
            read("r.yaml", "log: {query: 'count_over_time({a=\"b\"}[5m]) > 3'}").rules().getFirst();
    assertThat(rule.watch().language()).isEqualTo(Language.LOGQL);
    assertThat(rule.expression()).isEqualTo("count_over_time({a=\"b\"}[5m]) > 3");
  }

  @Test
  void every_mistake_is_told_with_its_place() {
    assertThat(mistakes("objektive: {objective: 99}"))
        .containsExactly(
            "r.yaml:4:5: expr: is missing",
            "r.yaml:6:7: objektive: unknown key, did you mean \"objective\"?");
    assertThat(mistakes("objective:\n  objective: 99.9x\n  errors: a!\n  totl: b"))
        .containsExactly(
            "r.yaml:7:9: total: is missing",
            "r.yaml:7:20: objective: expected a number, got \"99.9x\"",
            "r.yaml:8:18: errors: unexpected; expected counters, or events a second over [$window]",
            "r.yaml:9:9: totl: unknown key, did you mean \"total\"?");
    assertThat(mistakes("forecast: {of: a, in: 5 min, above: 1, below: 2}\nlog: {query: x}"))
        .containsExactly(
            "r.yaml:6:29: in: expected a duration like 30s or 1h30m, got \"5 min\", did you mean"
                + " \"5m\"?",
            "r.yaml:6:53: below: either below or above",
            "r.yaml:7:12: log: a rule is of one kind, and this one is of forecast");
    assertThat(mistakes("forecast: {of: a, in: 2d, method: holt-winter, above: 1}"))
        .containsExactly(
            "r.yaml:6:41: method: expected one of linear, holt-winters, got \"holt-winter\", did"
                + " you mean \"holt-winters\"?");
    assertThat(mistakes("inventory: {of: up, expect: [{a: b}, {c: d}, {a: b}]}"))
        .containsExactly(
            "r.yaml:6:48: c: each member has the same labels: [a]",
            "r.yaml:6:56: a: this member stands twice");
    assertThat(mistakes("composite: {all: [X, A, A], at-least: 1}"))
        .containsExactly(
            "r.yaml:6:24: all: A stands twice",
            "r.yaml:6:24: all: an alert cannot wait for itself",
            "r.yaml:6:45: at-least: goes with of");
    assertThat(mistakes("anomaly: {of: '', on: [m], direction: upp}"))
        .containsExactly(
            "r.yaml:6:21: of: is empty",
            "r.yaml:6:29: on: joins while:, which is missing",
            "r.yaml:6:45: direction: expected one of both, up, down, got \"upp\", did you mean"
                + " \"up\"?");
  }

  @Test
  void a_kind_writes_the_expression_and_leaves_none_to_write() {
    Mistakes mistakes = new Mistakes();
    AlertRules _ =
        AlertRules.parse(
            "r.yaml",
            """
            groups:
            - name: g
              rules:
              - alert: X
                expr: up
                hinomi: {composite: {any: [Y]}}
            """,
            mistakes,
            WORDS);
    assertThat(mistakes.all().stream().map(Mistake::toString))
        .containsExactly("r.yaml:5:11: expr: the kind of this rule writes it; leave it out");
  }
}
