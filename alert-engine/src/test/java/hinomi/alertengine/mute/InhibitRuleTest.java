package hinomi.alertengine.mute;

import static org.assertj.core.api.Assertions.assertThat;

import hinomi.model.Labels;
import hinomi.model.Matcher;
import java.util.List;
import org.junit.jupiter.api.Test;

final class InhibitRuleTest {
  private static final InhibitRule RULE =
      new InhibitRule(
          "", List.of(Matcher.equal("s", "1")), List.of(Matcher.equal("t", "1")), List.of("e"));

  @Test
  void a_source_silences_targets_that_agree_with_it() {
    Labels source = Labels.of("s", "1", "e", "x");
    assertThat(RULE.inhibitor(Labels.of("t", "1", "e", "x"), List.of(source))).contains(source);
    assertThat(RULE.inhibitor(Labels.of("t", "1", "e", "y"), List.of(source))).isEmpty();
    assertThat(RULE.inhibitor(Labels.of("t", "2", "e", "x"), List.of(source))).isEmpty();
  }

  @Test
  void a_label_that_neither_has_is_agreement() {
    Labels source = Labels.of("s", "1");
    assertThat(RULE.inhibitor(Labels.of("t", "1"), List.of(source))).contains(source);
    assertThat(RULE.inhibitor(Labels.of("t", "1", "e", ""), List.of(source))).contains(source);
  }

  @Test
  void what_is_both_is_silenced_only_by_what_is_not() {
    Labels both = Labels.of("s", "1", "t", "1", "n", "1");
    Labels otherBoth = Labels.of("s", "1", "t", "1", "n", "2");
    Labels source = Labels.of("s", "1");
    assertThat(RULE.inhibitor(both, List.of(both, otherBoth))).isEmpty();
    assertThat(RULE.inhibitor(both, List.of(both, source))).contains(source);
  }
}
