package hinomi.agent.ship;

import java.time.Duration;
import java.util.random.RandomGenerator;

/// How long to wait before the next try: doubling from 100 ms to 30 s, of which a random part
/// between the half and the whole is waited, so that many agents do not come back at one instant.
/// Short at first: agent and server of one host start together. One thread.
final class Backoff {
  private static final long FIRST_MILLIS = 100;
  private static final int DOUBLINGS = 9;
  private static final long LONGEST_MILLIS = 30_000;

  private final RandomGenerator random;
  private int failures;

  Backoff(RandomGenerator random) {
    this.random = random;
  }

  /// The wait after one more failure.
  Duration next() {
    long whole = Math.min(LONGEST_MILLIS, FIRST_MILLIS << Math.min(failures, DOUBLINGS));
    failures++;
    return Duration.ofMillis(whole / 2 + random.nextLong(whole / 2 + 1));
  }

  void reset() {
    failures = 0;
  }
}
