package hinomi.alertengine.mute;

import static org.assertj.core.api.Assertions.assertThat;

import hinomi.alertengine.mute.TimeInterval.Span;
import hinomi.testkit.Seeds;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Between a time and the next change, nothing changes; at the change it does. Around the days on
/// which clocks are set forward and back, in zones with odd rules.
final class TimeIntervalChangeTest {
  private static final List<String> ZONES =
      List.of("UTC", "Asia/Tokyo", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu");

  @Test
  void the_next_change_is_the_first() {
    Seeds.forAll(40, TimeIntervalChangeTest::check);
  }

  private static void check(Random random) {
    ZoneId zone = ZoneId.of(ZONES.get(random.nextInt(ZONES.size())));
    int first = random.nextInt(1_380);
    TimeInterval interval =
        new TimeInterval(
            List.of(new Span(first, first + random.nextInt(1_440 - first))),
            random.nextBoolean() ? List.of() : List.of(new Span(0, random.nextInt(7))),
            List.of(),
            List.of(),
            List.of(),
            zone);
    boolean spring = random.nextBoolean();
    Instant at =
        Instant.parse(spring ? "2026-03-07T12:00:00Z" : "2026-10-31T12:00:00Z")
            .plusSeconds(random.nextInt(90_000));
    Instant change = interval.nextChange(at);
    assertThat(change).isAfter(at);
    Instant end = change.isBefore(at.plus(Duration.ofDays(3))) ? change : at.plusSeconds(259_200);
    for (Instant step = at; step.isBefore(end); step = step.plusSeconds(60)) {
      assertThat(interval.contains(step))
          .as("%s at %s", interval, step)
          .isEqualTo(interval.contains(at));
    }
    if (end.equals(change)) {
      assertThat(interval.contains(change)).isNotEqualTo(interval.contains(at));
    }
  }
}
