package hinomi.logindexer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hinomi.logindexer.words.RegexLiterals;
import hinomi.model.BadInput;
import java.util.List;
import org.junit.jupiter.api.Test;

final class LineFilterTest {
  private static List<List<String>> literals(String regex) {
    return RegexLiterals.of(regex).alternatives();
  }

  @Test
  void literals_are_read_out_of_simple_expressions() {
    assertThat(literals("timeout")).containsExactly(List.of("timeout"));
    assertThat(literals("(?i)timeout|refused"))
        .containsExactly(List.of("timeout"), List.of("refused"));
    assertThat(literals("(?i)(timeout|refused)"))
        .containsExactly(List.of("timeout"), List.of("refused"));
    assertThat(literals("^rt=[5-9]\\.[0-9]{3} ms$")).containsExactly(List.of("rt=", ".", " ms"));
    assertThat(literals("ab*c?d+e{0,2}f")).containsExactly(List.of("a", "d", "f"));
    assertThat(literals("a(b|c)*d")).containsExactly(List.of("a", "d"));
    assertThat(literals("x|")).containsExactly(List.of("x"), List.of());
  }

  @Test
  void ordinary_repetitions_are_taken() {
    for (String regex :
        List.of("[0-9a-f]{32}", "(\\d{1,3}\\.){3}\\d{1,3}", "a{1000}", "{x}", "[)(]{5}")) {
      assertThat(LineFilter.Regex.of(regex)).as(regex).isNotNull();
    }
  }

  @Test
  void what_is_not_understood_rules_nothing_out() {
    for (String regex : List.of("a(?i)b", "\\Qa+b\\E", "\\pN", "[[:alpha:]]x", "(?s)a.b")) {
      assertThat(literals(regex)).as(regex).isEmpty();
    }
    assertThat(literals("(?i)注文x")).containsExactly(List.of("x"));
  }

  @Test
  void expressions_out_of_all_proportion_are_refused_at_once() {
    for (String regex :
        List.of(
            "(.*a){2000}",
            "a".repeat(5000),
            "(".repeat(100) + ")".repeat(100),
            "((((a{100}){100}){100}){100})",
            "(")) {
      assertThatThrownBy(() -> LineFilter.Regex.of(regex)).as(regex).isInstanceOf(BadInput.class);
    }
  }
}
