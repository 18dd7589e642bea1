package hinomi.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class SpecsTest {
  @Test
  void indentedLinesBelongToTheCommandAbove() {
    List<Specs.Step> steps =
        Specs.parse(
            List.of("# a comment", "load 1m", "  p99  0.9x6", "", "  up 1", "at 4m  pending"));
    assertThat(steps)
        .containsExactly(
            new Specs.Step(2, "load", "1m", List.of("p99  0.9x6", "up 1")),
            new Specs.Step(6, "at", "4m  pending", List.of()));
  }
}
