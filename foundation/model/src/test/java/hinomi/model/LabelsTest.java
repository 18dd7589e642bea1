package hinomi.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Random;
import java.util.TreeMap;
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

  @Test
  void everyOperationAgreesWithASortedMap() {
    for (int seed = 0; seed < 2000; seed++) {
      Random random = new Random(seed);
      TreeMap<String, String> map = new TreeMap<>();
      Labels.Builder builder = Labels.builder();
      for (int i = random.nextInt(12); i > 0; i--) {
        String name = name(random);
        String value = random.nextInt(4) == 0 ? "" : "v" + i;
        map.put(name, value);
        builder.set(name, value);
      }
      map.values().removeIf(String::isEmpty);
      Labels labels = builder.build();
      assertThat(labels.toMap()).isEqualTo(map);
      String name = name(random);
      assertThat(labels.get(name)).isEqualTo(map.getOrDefault(name, ""));
      TreeMap<String, String> with = new TreeMap<>(map);
      with.put(name, "new");
      assertThat(labels.with(name, "new")).isEqualTo(Labels.of(with));
      TreeMap<String, String> without = new TreeMap<>(map);
      without.remove(name);
      assertThat(labels.without(name)).isEqualTo(Labels.of(without));
      assertThat(labels.with(name, "")).isEqualTo(Labels.of(without));
      List<String> some = List.of(name, name(random), name(random));
      TreeMap<String, String> only = new TreeMap<>(map);
      only.keySet().retainAll(some);
      assertThat(labels.only(some)).isEqualTo(Labels.of(only)).hasSameHashCodeAs(Labels.of(only));
      map.keySet().removeAll(some);
      assertThat(labels.without(some)).isEqualTo(Labels.of(map));
    }
  }

  private static String name(Random random) {
    return String.valueOf((char) ('a' + random.nextInt(10)));
  }
}
