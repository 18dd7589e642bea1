package hinomi.agent.host;

import static org.assertj.core.api.Assertions.assertThat;

import hinomi.testkit.Specs;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// `chrony OUTPUT` or `ntpd OUTPUT`, below it what it says: `offset SECONDS synchronised YES|NO`,
/// or `nothing`.
final class ClockAnswerTest {
  @TestFactory
  Stream<DynamicTest> timeDaemonsAreUnderstood() {
    return Specs.of(
        "clock",
        () ->
            step -> {
              Optional<ClockAnswer> answer =
                  switch (step.verb()) {
                    case "chrony" -> ClockAnswer.ofChrony(step.rest());
                    case "ntpd" -> ClockAnswer.ofNtpd(step.rest());
                    default -> throw new IllegalArgumentException(step.verb());
                  };
              String text =
                  answer
                      .map(clock ->
                          "offset "
                              + clock.offsetSeconds()
                              + " synchronised "
                              + (clock.synchronised() ? "yes" : "no"))
                      .orElse("nothing");
              assertThat(text).isEqualTo(step.block().getFirst());
            });
  }
}
