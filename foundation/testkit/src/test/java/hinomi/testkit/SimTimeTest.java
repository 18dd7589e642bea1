package hinomi.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import hinomi.model.Cancel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class SimTimeTest {
  private final SimTime time = new SimTime();
  private final List<String> seen = new ArrayList<>();

  @Test
  void jobsRunInTheOrderOfTheirDueTimesAndSeeThem() {
    time.at(time.now().plusSeconds(20), "b", () -> seen.add("b " + time.now()));
    time.every(Duration.ofSeconds(15), "a", () -> seen.add("a " + time.now()));
    time.advance(Duration.ofSeconds(31));
    assertThat(seen)
        .containsExactly(
            "a 2026-03-02T00:00:15Z", "b 2026-03-02T00:00:20Z", "a 2026-03-02T00:00:30Z");
    assertThat(time.now()).isEqualTo("2026-03-02T00:00:31Z");
  }

  @Test
  void whatIsCancelledDoesNotRun() {
    Cancel repeat = time.every(Duration.ofSeconds(1), "a", () -> seen.add("a"));
    Cancel once = time.at(time.now().plusSeconds(5), "b", () -> seen.add("b"));
    time.advance(Duration.ofSeconds(2));
    repeat.cancel();
    once.cancel();
    time.advance(Duration.ofMinutes(1));
    assertThat(seen).containsExactly("a", "a");
  }

  @Test
  void aJobMayScheduleAnother() {
    time.at(
        time.now(),
        "a",
        () -> time.at(time.now().plusSeconds(1), "b", () -> seen.add("b " + time.now())));
    time.advance(Duration.ofSeconds(1));
    assertThat(seen).containsExactly("b 2026-03-02T00:00:01Z");
  }
}
