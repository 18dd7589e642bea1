package hinomi.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

final class LabelsTest {
  private final Labels up = Labels.of("job", "node", Labels.NAME, "up", "empty", "");

  @Test
  void anEmptyValueIsAnAbsentLabel() {
    assertThat(up.size()).isEqualTo(2);
    assertThat(up.get("empty")).isEmpty();
    assertThat(up).isEqualTo(Labels.of(Labels.NAME, "up", "job", "node"));
    assertThat(up.with("job", "")).isEqualTo(Labels.of(Labels.NAME, "up"));
    assertThat(Labels.of("a", "")).isEqualTo(Labels.EMPTY);
  }

  @Test
  void aNameGivenTwiceIsAMistake() {
    assertThatThrownBy(() -> Labels.of("a", "1", "a", "2"))
        .isInstanceOf(BadInput.class)
        .hasMessageContaining("\"a\"");
  }

  @Test
  void theyPrintAsPromQlWritesThem() {
    assertThat(up).hasToString("up{job=\"node\"}");
    assertThat(Labels.of("a", "x\"\\\n")).hasToString("{a=\"x\\\"\\\\\\n\"}");
    assertThat(Labels.EMPTY).hasToString("{}");
  }

  @Test
  void aFingerprintTellsNamesFromValues() {
    assertThat(Labels.of("a", "bc").fingerprint())
        .isNotEqualTo(Labels.of("ab", "c").fingerprint())
        .isEqualTo(Labels.of("a", "bc").fingerprint());
  }

  @Test
  void onlyAndWithoutKeepTheOrder() {
    Labels labels = Labels.of("c", "3", "a", "1", "b", "2");
    assertThat(labels.only(List.of("c", "a", "x"))).hasToString("{a=\"1\", c=\"3\"}");
    assertThat(labels.without(List.of("b"))).hasToString("{a=\"1\", c=\"3\"}");
  }
}
