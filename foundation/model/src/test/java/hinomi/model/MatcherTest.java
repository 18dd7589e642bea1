package hinomi.model;

import static hinomi.model.Matcher.Kind.EQUAL;
import static hinomi.model.Matcher.Kind.NOT_EQUAL;
import static hinomi.model.Matcher.Kind.NOT_REGEX;
import static hinomi.model.Matcher.Kind.REGEX;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

final class MatcherTest {
  private static boolean matches(Matcher.Kind kind, String pattern, String value) {
    return new Matcher(kind, "job", pattern).matches(value);
  }

  @Test
  void anAbsentLabelIsTheEmptyValue() {
    assertThat(new Matcher(EQUAL, "job", "").matches(Labels.EMPTY)).isTrue();
    assertThat(new Matcher(NOT_EQUAL, "job", "x").matches(Labels.EMPTY)).isTrue();
    assertThat(new Matcher(REGEX, "job", ".+").matches(Labels.EMPTY)).isFalse();
    assertThat(new Matcher(NOT_REGEX, "job", ".+").matches(Labels.EMPTY)).isTrue();
  }

  @Test
  void expressionsAreAnchoredAndADotMeansAnything() {
    assertThat(matches(REGEX, "api", "api-1")).isFalse();
    assertThat(matches(REGEX, "api.*", "api\n1")).isTrue();
    assertThat(matches(REGEX, "a|b", "xb")).isFalse();
    assertThat(matches(NOT_REGEX, "a|b", "b")).isFalse();
  }

  @Test
  void whatDoesNotParseOrWouldNotEndIsRefused() {
    assertThatThrownBy(() -> new Matcher(REGEX, "a", "(")).isInstanceOf(BadInput.class);
    assertThatThrownBy(() -> new Matcher(REGEX, "a", "((((a{100}){100}){100}){100})"))
        .isInstanceOf(BadInput.class)
        .hasMessageContaining("repeats too much");
  }
}
