package hinomi.promql;

import static org.assertj.core.api.Assertions.assertThat;

import hinomi.promql.evaluate.Functions;
import hinomi.promql.parse.Signatures;
import org.junit.jupiter.api.Test;

class FunctionListTest {
  @Test
  void every_function_that_parses_can_be_computed_and_the_other_way_round() {
    assertThat(Functions.names()).isEqualTo(Signatures.names());
  }
}
