package hinomi.alertengine.rule;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import hinomi.model.BadInput;
import hinomi.settings.Mistake;
import hinomi.settings.Mistakes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

final class AlertRulesTest {
  /// Where we differ from promtool 2.42, and why.
  private static final Map<String, String> KNOWN =
      Map.of(
          "legacy_validation_annotation.bad.yaml", "names may be any text since Prometheus 3",
          "utf-8_annotation.good.yaml", "names may be any text since Prometheus 3",
          "utf-8_lname.good.yaml", "names may be any text since Prometheus 3");

  private static final Vocabulary ANY = new Vocabulary(AlertRulesTest::check, Map.of());

  private static void check(String expression) {
    int bad = expression.indexOf('!');
    if (bad >= 0) {
      throw new BadInput("unexpected \"!\"", bad);
    }
  }

  private static List<String> mistakes(String text) {
    Mistakes mistakes = new Mistakes();
    AlertRules _ = AlertRules.parse("r.yaml", text, mistakes, ANY);
    return mistakes.all().stream().map(Mistake::toString).toList();
  }

  @Test
  void every_mistake_is_told_with_its_place() {
    assertThat(
            mistakes(
                """
                groups:
                - name: a
                  intervall: 5s
                  rules:
                  - alert: X
                    expr: up == ! 1
                    for: 5 minutes
                    annotations: {summary: "{{ $labels.a | nosuch }}"}
                  - record: y
                    for: 1m
                    expr: |
                      sum(a)
                        / sum(!b)
                  - expr: up
                - name: a
                """))
        .containsExactly(
            "r.yaml:3:3: intervall: unknown key, did you mean \"interval\"?",
            "r.yaml:6:17: expr: unexpected \"!\"",
            "r.yaml:7:10: for: expected a duration like 30s or 1h30m, got \"5 minutes\", did you"
                + " mean \"5m\"?",
            "r.yaml:8:44: summary: template: function \"nosuch\" not defined",
            "r.yaml:10:10: for: a recording rule has none",
            "r.yaml:13:15: expr: unexpected \"!\"",
            "r.yaml:14:5: alert: or record: is missing",
            "r.yaml:15:9: name: the group \"a\" is repeated in this file");
  }

  @Test
  void what_a_label_refers_to_has_to_be_there_unless_a_template_names_it() {
    Mistakes mistakes = new Mistakes();
    AlertRules _ =
        AlertRules.parse(
            "r.yaml",
            """
            groups:
            - name: a
              labels: {ladder: nights}
              rules:
              - {alert: A, expr: up, labels: {component: tradin, ladder: night}}
              - {alert: B, expr: up, labels: {component: "{{ $labels.of }}"}}
              - {alert: C, expr: up, labels: {component: trading, ladder: default}}
              - {alert: D, expr: up, labels: {component: "", severity: any}}
              - {record: d, expr: up, labels: {component: any}}
            """,
            mistakes,
            Vocabulary.of(_ -> {}, List.of("trading", "web"), List.of("default", "night")));
    assertThat(mistakes.all())
        .map(Mistake::toString)
        .containsExactly(
            "r.yaml:3:20: ladder: no ladder has the id \"nights\", did you mean \"night\"?",
            "r.yaml:5:46: component: no component has the id \"tradin\", did you mean"
                + " \"trading\"?");
  }

  @Test
  void a_good_file_is_read_whole() {
    Mistakes mistakes = new Mistakes();
    AlertRules rules =
        AlertRules.parse(
            "r.yaml",
            """
            groups:
            - name: g
              interval: 30s
              limit: 5
              query_offset: 10s
              labels: {team: infra}
              rules:
              - &one
                alert: A
                expr: up == 0
                for: 5m
                keep_firing_for: 10m
                labels: {severity: page, team: mine, component: trading}
                annotations: {summary: "{{ $value }}"}
              - <<: *one
                alert: B
              - record: job:up:sum
                expr: sum by (job) (up)
                labels: {a: b}
            """,
            mistakes,
            ANY);
    mistakes.throwIfAny();
    RuleGroup group = rules.groups().getFirst();
    assertThat(group.limit()).isEqualTo(5);
    assertThat(group.rules())
        .map(Rule::id)
        .containsExactly("r.yaml/g/A#1", "r.yaml/g/B#1", "r.yaml/g/job:up:sum#1");
    Rule.Alerting first = (Rule.Alerting) group.rules().get(1);
    assertThat(first.labels().get("team")).extracting("source").isEqualTo("mine");
    assertThat(first.component()).isEqualTo("trading");
    assertThat(first.keepFiringFor()).hasMinutes(10);
    assertThat(((Rule.Recording) group.rules().getLast()).labels())
        .containsEntry("team", "infra")
        .containsEntry("a", "b");
  }

  @Test
  void promtools_verdicts_are_ours_but_for_the_known_ones() throws IOException {
    String corpora = System.getProperty("corpora", "");
    Assumptions.assumeFalse(corpora.isEmpty(), "no corpora given");
    Path folder = Path.of(corpora, "rulefmt");
    JsonNode verdicts =
        new ObjectMapper().readTree(folder.resolve("promtool_2.42_verdicts.json").toFile());
    Set<String> different = new TreeSet<>();
    for (Map.Entry<String, JsonNode> entry : verdicts.properties()) {
      String name = entry.getKey().replace("rulefmt/", "");
      boolean good = mistakes(Files.readString(folder.resolve(name))).isEmpty();
      if (good != entry.getValue().get("promtool_2_42").asBoolean()) {
        different.add(name);
      }
    }
    assertThat(different).isEqualTo(new TreeSet<>(KNOWN.keySet()));
  }

  @Test
  void real_rule_files_are_accepted() throws IOException {
    String corpora = System.getProperty("corpora", "");
    Assumptions.assumeFalse(corpora.isEmpty(), "no corpora given");
    try (Stream<Path> files = Files.walk(Path.of(corpora, "rules"))) {
      List<Path> yaml = files.filter(file -> file.toString().matches(".*\\.ya?ml")).toList();
      int rules = 0;
      for (Path file : yaml) {
        String text = Files.readString(file);
        if (text.contains("groups:") && !text.contains("rule_files:")) {
          Mistakes mistakes = new Mistakes();
          AlertRules read =
              AlertRules.parse(file.toString(), text, mistakes, new Vocabulary(_ -> {}, Map.of()));
          assertThat(mistakes.all()).as(file.toString()).isEmpty();
          rules += read.groups().stream().mapToInt(group -> group.rules().size()).sum();
        }
      }
      assertThat(rules).isGreaterThan(1_000);
    }
  }
}
