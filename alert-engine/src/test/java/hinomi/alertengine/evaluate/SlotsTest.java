package hinomi.alertengine.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import hinomi.alertengine.rule.RuleGroup;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class SlotsTest {
  private static final Duration INTERVAL = Duration.ofSeconds(15);

  @Test
  void groups_whose_names_differ_in_one_letter_are_far_apart() {
    long[] times =
        IntStream.range(0, 100)
            .mapToObj(
                n -> new RuleGroup("r.yml", "hosts-" + n, INTERVAL, 0, Duration.ZERO, List.of()))
            .mapToLong(group -> Slots.of(group, INTERVAL).after(Instant.EPOCH).toEpochMilli())
            .sorted()
            .toArray();
    // A hundred that fall where they will: ten in a twentieth of the time are already too many.
    for (int i = 0; i + 15 < times.length; i++) {
      assertThat(times[i + 15] - times[i]).as("from %d ms", times[i]).isGreaterThan(750);
    }
  }
}
