package hinomi.alertengine.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class LagsTest {
  private static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");

  private final Lags lags = new Lags();

  private void arrives(String metric, Duration late, Instant at) {
    lags.arrived(metric, at.minus(late).toEpochMilli(), at);
  }

  private long seconds(Instant at, String... metrics) {
    return lags.of(Set.of(metrics), at).toSeconds();
  }

  @Test
  void the_lag_of_some_metrics_is_the_longest_of_the_last_ten_minutes() {
    assertThat(seconds(NOON, "a")).isZero();
    arrives("a", Duration.ofSeconds(40), NOON);
    arrives("a", Duration.ofSeconds(2), NOON.plusSeconds(1));
    arrives("b", Duration.ofSeconds(7), NOON.plusSeconds(300));
    assertThat(seconds(NOON.plusSeconds(300), "a", "b")).isEqualTo(40);
    assertThat(seconds(NOON.plusSeconds(300), "b", "c")).isEqualTo(7);
    assertThat(seconds(NOON.plusSeconds(661), "a", "b")).isEqualTo(7);
    assertThat(seconds(NOON.plusSeconds(3_600), "a", "b")).isZero();
  }

  @Test
  void old_data_that_are_sent_again_and_clocks_that_are_ahead_are_no_lag() {
    arrives("a", Duration.ofHours(2), NOON);
    arrives("a", Duration.ofSeconds(-3), NOON);
    assertThat(seconds(NOON, "a")).isZero();
  }
}
