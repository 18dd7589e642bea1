package hinomi.rulelint;

import static org.assertj.core.api.Assertions.assertThat;

import hinomi.alertengine.rule.Vocabulary;
import hinomi.model.Labels;
import hinomi.model.Language;
import hinomi.model.Matcher;
import hinomi.promql.PromQl;
import hinomi.promql.parse.Dialect;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RuleLintTest {
  private static final RuleLint LINT =
      new RuleLint(
          new Vocabulary(expression -> PromQl.check(expression, Dialect.FULL), Map.of()),
          Dialect.FULL);

  @TempDir private Path folder;

  private Path file(String text) throws IOException {
    return Files.writeString(folder.resolve("r.yaml"), text);
  }

  private List<String> lines(String text) throws IOException {
    RuleLint.Report report = LINT.rules(List.of(file(text)));
    assertThat(report.mistakes()).isEmpty();
    return report.findings().stream()
        .map(finding -> finding.place().line() + " " + finding.check())
        .toList();
  }

  @Test
  void a_finding_shows_its_place_and_what_to_write_in_both_languages() throws IOException {
    Path file =
        file(
            """
            groups:
              - name: g
                rules:
                  - alert: Thin
                    expr: |
                      3 >
                        count(up{job="gw"} == 1)
            """);
    Finding finding = LINT.rules(List.of(file)).findings().getFirst();
    assertThat(finding.shown(Language.EN))
        .isEqualTo(
            file
                + """
                :7:13: warning: where nothing fits, this yields no element rather than 0: the alert is silent when all are bad [silent-when-all-bad]
                              count(up{job="gw"} == 1)
                              ^
                  → count with 0 and 1: sum(up{job="gw"} == bool 1)\
                """);
    assertThat(finding.shown(Language.JA))
        .contains(":7:13: 注意: 条件に合うものが一つもないと", "→ 0として数える: sum(up{job=\"gw\"} == bool 1)");
  }

  @Test
  void a_comment_on_or_above_a_rule_is_about_that_rule() throws IOException {
    assertThat(
            lines(
                """
                groups:
                  - name: g
                    rules:
                      - alert: A
                        expr: count(up == 1) < 2 # hinomi-lint off: silent-when-all-bad (at least one is)
                      # hinomi-lint off: no-condition, silent-when-all-bad
                      # It is watched by another rule.
                      - alert: B
                        expr: count(up == 1) < 2
                      - alert: C
                        expr: count(up == 1) < 2
                """))
        .containsExactly("11 silent-when-all-bad");
  }

  @Test
  void a_comment_above_a_group_is_about_the_group_and_one_above_all_about_the_file()
      throws IOException {
    String groups =
        """
        groups:
          # hinomi-lint off: silent-when-all-bad
          - name: g
            interval: 1m
            rules:
              - {alert: A, expr: count(up == 1) < 2}
              - {alert: B, expr: "topk(1, x) > 2"}
          - name: h
            rules:
              - {alert: C, expr: count(up == 1) < 2}
              - {alert: D, expr: "topk(1, x) > 2"}
        """;
    assertThat(lines(groups))
        .containsExactly("7 unstable-series", "10 silent-when-all-bad", "11 unstable-series");
    assertThat(lines("# hinomi-lint off: unstable-series\n" + groups))
        .containsExactly("11 silent-when-all-bad");
  }

  @Test
  void a_comment_that_names_no_check_is_told() throws IOException {
    Path file = file("# hinomi-lint off: no-conditon\ngroups: []\n");
    Finding finding = LINT.rules(List.of(file)).findings().getFirst();
    assertThat(finding.place().column()).isEqualTo(20);
    assertThat(finding.what().en())
        .isEqualTo("no check is called \"no-conditon\", did you mean \"no-condition\"?");
  }

  @Test
  void a_file_with_mistakes_is_told_and_the_others_are_judged() throws IOException {
    Path bad = Files.writeString(folder.resolve("bad.yaml"), "groups: [{nam: g}]\n");
    Path good = file("groups: [{name: g, rules: [{alert: A, expr: 'topk(1, x) > 2'}]}]\n");
    RuleLint.Report report = LINT.rules(List.of(bad, good));
    assertThat(report.mistakes()).isNotEmpty();
    assertThat(report.findings()).hasSize(1);
  }

  private static final List<Labels> STORE =
      List.of(
          Labels.of("__name__", "up", "job", "gw", "site", "tokyo"),
          Labels.of("__name__", "up", "job", "db", "site", "osaka"),
          Labels.of("__name__", "requests_total", "job", "gw"));

  private List<String> unmatched(String expression) throws IOException {
    Path file =
        file(
            "groups: [{name: g, rules: [{record: job:up, expr: up}, {alert: A, expr: '%s'}]}]"
                .formatted(expression));
    KnownSeries known =
        new KnownSeries(
            matchers -> STORE.stream().anyMatch(series -> Matcher.allMatch(matchers, series)),
            () -> STORE.stream().map(series -> series.get("__name__")).distinct().toList());
    return LINT.series(List.of(file), known).findings().stream()
        .map(finding -> finding.severity().word() + ": " + finding.what().en())
        .toList();
  }

  @Test
  void what_matches_no_series_is_told_with_the_condition_that_nothing_fulfils() throws IOException {
    assertThat(unmatched("up{job=\"gw\"} == 0")).isEmpty();
    assertThat(unmatched("rate(request_total[5m]) > 1"))
        .containsExactly(
            "warning: no series of the metric request_total, did you mean \"requests_total\"?");
    assertThat(unmatched("up{job=\"gw\", site=\"nagoya\"} == 0"))
        .containsExactly("warning: no series has site=\"nagoya\"");
    assertThat(unmatched("up{job=\"gw\", site=\"osaka\"} == 0"))
        .containsExactly(
            "warning: no series fits all of these conditions, though each of them alone has some");
  }

  @Test
  void what_is_recorded_or_asked_to_be_absent_need_not_be_there() throws IOException {
    assertThat(unmatched("job:up == 0 or ALERTS{x=\"y\"} or absent(down)")).isEmpty();
    assertThat(unmatched("up == 0 unless planned == 1"))
        .containsExactly("note: no series of the metric planned");
  }
}
