package hinomi.alertengine.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hinomi.model.BadInput;
import hinomi.model.Labels;
import hinomi.model.Vector;
import hinomi.testkit.Seeds;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

final class TemplateTest {
  private static final Template.Scope SCOPE = scope(0.123456);

  private static Template.Scope scope(double value) {
    return new Template.Scope(
        Labels.of("instance", "web-1.example:9100", "job", "node"),
        value,
        Instant.parse("2026-03-02T00:00:00Z"),
        "http://console/x",
        Labels.EMPTY,
        (_, _) -> Vector.EMPTY);
  }

  private static String render(String text) {
    return Template.parse(text).render(SCOPE);
  }

  @Test
  void labels_values_pipes_and_trim_markers_are_expanded() {
    assertThat(render("{{ $labels.instance }} of {{ $labels.job | toUpper }}"))
        .isEqualTo("web-1.example:9100 of NODE");
    assertThat(render("{{ $value | humanizePercentage }}")).isEqualTo("12.35%");
    assertThat(render("{{ printf \"%.2f\" $value }}")).isEqualTo("0.12");
    assertThat(render("a {{- /* why */ -}} b")).isEqualTo("ab");
    assertThat(render("a {{- 1 -}} b")).isEqualTo("a1b");
    assertThat(render("{{ $labels.absent }}")).isEmpty();
    assertThat(render("{{ .Labels.job }}{{ $.Labels.job }}")).isEqualTo("nodenode");
  }

  @Test
  void branches_and_loops_work() {
    assertThat(render("{{ if gt $value 0.1 }}high{{ else }}low{{ end }}")).isEqualTo("high");
    assertThat(
            render("{{ if eq $labels.job \"x\" }}1{{ else if eq $labels.job \"node\" }}2{{ end }}"))
        .isEqualTo("2");
    assertThat(render("{{ range $i, $x := query \"up\" }}{{ $i }}{{ else }}none{{ end }}"))
        .isEqualTo("none");
    assertThat(render("{{ with $labels.job }}{{ . }}{{ end }}")).isEqualTo("node");
    assertThat(render("{{ $x := 1 }}{{ if true }}{{ $x = 2 }}{{ end }}{{ $x }}")).isEqualTo("2");
    assertThat(render("{{ and 1 \"\" | printf \"%q\" }}")).isEqualTo("\"\"");
  }

  @Test
  void numbers_are_printed_as_go_prints_them() {
    assertThat(List.of(999999.0, 1e6, 1048576.0, 12345.678, 0.00001, -0.5, Double.NaN, 1 / 0.0))
        .map(GoFormat::shortest)
        .containsExactly(
            "999999", "1e+06", "1.048576e+06", "12345.678", "1e-05", "-0.5", "NaN", "+Inf");
    assertThat(render("{{ printf \"%s %d %5.1f|%-4d|%04d %x %e\" 3.5 3.5 2.25 7 7 255 1.5 }}"))
        .isEqualTo("%!s(float64=3.5) %!d(float64=3.5)   2.2|7   |0007 ff 1.500000e+00");
  }

  @Test
  void a_mistake_is_found_when_it_is_parsed_with_its_place() {
    assertThatThrownBy(() -> Template.parse("x {{ $labels.a | nosuch }}"))
        .isInstanceOfSatisfying(BadInput.class, e -> assertThat(e.offset()).isEqualTo(17))
        .hasMessageContaining("\"nosuch\" not defined");
    for (String bad :
        List.of("{{", "{{ $y }}", "{{ if 1 }}", "{{ end }}", "{{ ( 1 }}", "{{ \"a }}")) {
      assertThatThrownBy(() -> Template.parse(bad)).as(bad).isInstanceOf(BadInput.class);
    }
  }

  @Test
  void a_failure_stands_in_the_text_and_bombs_are_cut() {
    assertThat(render("{{ first (query \"up\") }}"))
        .startsWith("<error expanding template: first() called on vector with no elements");
    assertThat(render("{{ reReplaceAll \"(\" \"\" \"x\" }}")).contains("error expanding template");
    assertThat(render("{{ printf \"%99999d\" 1 }}")).contains("error expanding template");
    assertThatThrownBy(
            () -> Template.parse("{{" + "(".repeat(5_000) + "1" + ")".repeat(5_000) + "}}"))
        .isInstanceOf(BadInput.class);
  }

  @Test
  void whatever_is_written_is_either_refused_or_rendered() {
    String[] pieces = {
      "{{",
      "}}",
      "-",
      " ",
      "$value",
      "$labels.a",
      "|",
      "if",
      "else",
      "end",
      "range",
      "\"",
      "(",
      ")",
      "printf",
      "1.5",
      "query",
      "text",
      "with",
      ":=",
      "=",
      "$x",
      ",",
      "humanize",
      ".Labels",
      "."
    };
    Seeds.forAll(
        3_000,
        random -> {
          StringBuilder text = new StringBuilder();
          for (int i = random.nextInt(14); i >= 0; i--) {
            text.append(pieces[random.nextInt(pieces.length)]);
            text.append(random.nextBoolean() ? " " : "");
          }
          try {
            Template.parse(text.toString()).render(SCOPE);
          } catch (BadInput e) {
            assertThat(e.offset()).isBetween(0, text.length());
          }
        });
  }
}
