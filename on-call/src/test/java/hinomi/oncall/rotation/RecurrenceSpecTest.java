package hinomi.oncall.rotation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import hinomi.model.BadInput;
import hinomi.testkit.Specs;
import hinomi.testkit.Specs.Step;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

final class RecurrenceSpecTest {
  @TestFactory
  Stream<DynamicTest> rulesHappenWhenTheStandardSaysSo() {
    return Specs.of("recurrence", Meaning::new);
  }

  private static final class Meaning implements Specs.Meaning {
    private static final LocalDateTime END = LocalDateTime.of(2020, 1, 1, 0, 0);

    private LocalDateTime start = END;
    private ZoneId zone = ZoneOffset.UTC;
    private Occurrences occurrences =
        new Occurrences(RecurrenceReader.read("FREQ=DAILY", zone), END);

    @Override
    public void run(Step step) {
      switch (step.verb()) {
        case "from" -> {
          String[] words = step.rest().split(" ");
          start = LocalDateTime.parse(words[0]);
          zone = ZoneId.of(words[1]);
        }
        case "rule" ->
            occurrences = new Occurrences(RecurrenceReader.read(step.rest(), zone), start);
        case "is" -> assertThat(occurrences.first(1_000, END)).isEqualTo(times(step));
        case "begins" -> {
          List<LocalDateTime> times = times(step);
          assertThat(occurrences.first(times.size(), END)).isEqualTo(times);
        }
        case "counts" ->
            assertThat(occurrences.first(100_000, END)).hasSize(Integer.parseInt(step.rest()));
        case "counts-before" -> {
          String[] words = step.rest().split(" ");
          assertThat(occurrences.first(100_000, LocalDateTime.parse(words[1])))
              .hasSize(Integer.parseInt(words[0]));
        }
        case "ends" ->
            assertThat(occurrences.first(100_000, END).getLast()).isEqualTo(time(step.rest()));
        case "refuses" -> {
          String[] words = step.rest().split("  at ", 2);
          BadInput refused =
              catchThrowableOfType(BadInput.class, () -> RecurrenceReader.read(words[0], zone));
          assertThat(refused.offset() + ": " + refused.getMessage()).isEqualTo(words[1]);
        }
        default -> throw new AssertionError("no such command: " + step.verb());
      }
    }

    private List<LocalDateTime> times(Step step) {
      return step.block().stream()
          .flatMap(line -> Stream.of(line.split(" ")))
          .map(this::time)
          .toList();
    }

    private LocalDateTime time(String text) {
      return LocalDateTime.parse(text.length() == 10 ? text + "T" + start.toLocalTime() : text);
    }
  }
}
