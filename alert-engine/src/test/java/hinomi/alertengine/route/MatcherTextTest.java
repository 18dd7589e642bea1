package hinomi.alertengine.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hinomi.model.BadInput;
import hinomi.model.Matcher;
import hinomi.settings.Mistakes;
import hinomi.settings.Section;
import hinomi.settings.Yaml;
import hinomi.testkit.Seeds;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The examples of Alertmanager, docs/configuration, "Label matchers".
final class MatcherTextTest {
  private static final String LETTERS = "ab_1:.-é火 \t\n,\"\\'`{}!=~xn";

  @ParameterizedTest
  @CsvSource(
      delimiter = '→',
      quoteCharacter = '§',
      value = {
        "foo=bar → [foo=\"bar\"]",
        "foo!=bar → [foo!=\"bar\"]",
        "foo=~[a-zA-Z]+ → [foo=~\"[a-zA-Z]+\"]",
        "foo!~\"\\\\d+\" → [foo!~\"\\\\d+\"]",
        "Προμηθεύς=foo → [Προμηθεύς=\"foo\"]",
        "\"foo!\"=\"bar,baz\" → [\"foo!\"=\"bar,baz\"]",
        "a=\"\\\"baz qux\\\"\" → [a=\"\\\"baz qux\\\"\"]",
        "\"a!\"=\"\\xf0\\x9f\\x99\\x82\" → [\"a!\"=\"🙂\"]",
        "foo= → [foo=\"\"]",
        "foo=\"\" → [foo=\"\"]",
        "{alertname=\"Watchdog\", severity=~\"warning|critical\"} →"
            + " [alertname=\"Watchdog\", severity=~\"warning|critical\"]",
        "{alertname=\"Watchdog\", severity=~\"warning|critical\",} →"
            + " [alertname=\"Watchdog\", severity=~\"warning|critical\"]",
        "alertname=\"Watchdog\", severity=~\"warning|critical\" →"
            + " [alertname=\"Watchdog\", severity=~\"warning|critical\"]",
        "{quote=~\"She said: \\\"Hi, all!( How're you…)?\\\"\"} →"
            + " [quote=~\"She said: \\\"Hi, all!( How're you…)?\\\"\"]",
      })
  void are_read(String text, String expected) {
    assertThat(MatcherText.parse(text).toString()).isEqualTo(expected);
  }

  @Test
  void white_space_outside_of_quotes_has_no_effect() {
    assertThat(MatcherText.parse("{\n   a = \"b\",\n\tc =~ \"d|e\",\n}"))
        .isEqualTo(MatcherText.parse("{a=\"b\",c=~\"d|e\"}"));
  }

  /// "If your Alertmanager configuration has disagreement, Alertmanager will use the classic
  /// parser".
  @Test
  void what_both_grammars_read_otherwise_keeps_its_older_meaning() {
    assertThat(MatcherText.parse("qux=\"\\xf0\\x9f\\x99\\x82\""))
        .containsExactly(Matcher.equal("qux", "\\xf0\\x9f\\x99\\x82"));
  }

  /// What the newer grammar refuses is read by the older one, if that can: it knows no braces.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{alertname=\"Watchdog\", severity=~\"warning|critical\"",
        "alertname=\"Watchdog\", severity=~\"warning|critical\"}",
        "{{alertname=\"Watchdog\", severity=~\"warning|critical\",}}",
      })
  void braces_belong_together(String text) {
    assertThatThrownBy(() -> new QuotedMatchers(text).all()).isInstanceOf(BadInput.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{{alertname=\"Watchdog\", severity=~\"warning|critical\",}}",
        "foo",
        "=bar",
        "a=~\"(\"",
      })
  void are_refused(String text) {
    assertThatThrownBy(() -> MatcherText.parse(text)).isInstanceOf(BadInput.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "matchers: [foo = bar, dings != bums]",
        "matchers:\n- foo = bar\n- dings != bums",
        "matchers: ['{foo=\"bar\", dings!=\"bums\"}']",
        "matchers: [\"foo = \\\"bar\\\"\", 'dings!=bums']",
      })
  void in_a_file_are_a_list_each_entry_one_or_several(String yaml) {
    Mistakes mistakes = new Mistakes();
    Section section = Yaml.parse("route", yaml, mistakes);
    assertThat(MatchersReader.read(section, "match", "match_re", "matchers").toString())
        .isEqualTo("[foo=\"bar\", dings!=\"bums\"]");
    assertThat(mistakes.all()).isEmpty();
  }

  @Test
  void what_is_shown_is_read_as_the_same() {
    Seeds.forAll(
        300,
        random -> {
          Matcher.Kind kind = random.nextBoolean() ? Matcher.Kind.EQUAL : Matcher.Kind.NOT_EQUAL;
          Matcher matcher = new Matcher(kind, "n" + text(random), text(random));
          assertThat(MatcherText.parse("{" + matcher + "}")).containsExactly(matcher);
        });
  }

  private static String text(Random random) {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(4); i > 0; i--) {
      text.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
    }
    return text.toString();
  }
}
