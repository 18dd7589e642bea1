package hinomi.promql;

import static org.assertj.core.api.Assertions.assertThat;

import hinomi.promql.evaluate.Functions;
import hinomi.promql.parse.Signatures;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FunctionListTest {
  @Test
  void every_function_that_parses_can_be_computed_and_the_other_way_round() {
    Set<String> computed = new HashSet<>(Signatures.names());
    computed.removeIf(Signatures::isOfQuery);
    assertThat(Functions.names()).isEqualTo(computed);
  }
}
