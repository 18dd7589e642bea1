package hinomi.agent.tail;

import static org.assertj.core.api.Assertions.assertThat;

import hinomi.testkit.Specs;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// `now TIME`, `zone ZONE`, `line TEXT` with the expected time, or `none`, indented below it.
final class LineTimeTest {
  @TestFactory
  Stream<DynamicTest> linesCarryTheirTime() {
    return Specs.of("line-time", Meaning::new);
  }

  private static final class Meaning implements Specs.Meaning {
    private Instant now = Instant.EPOCH;
    private ZoneId zone = ZoneOffset.UTC;

    @Override
    public void run(Specs.Step step) {
      switch (step.verb()) {
        case "now" -> now = Instant.parse(step.rest());
        case "zone" -> zone = ZoneId.of(step.rest());
        case "line" ->
            assertThat(LineTime.of(step.rest(), now, zone).map(Instant::toString).orElse("none"))
                .isEqualTo(step.block().getFirst());
        default -> throw new IllegalArgumentException(step.verb());
      }
    }
  }
}
