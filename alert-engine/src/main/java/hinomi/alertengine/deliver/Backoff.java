package hinomi.alertengine.deliver;

import java.time.Duration;
import java.util.random.RandomGenerator;

/// How long to wait before trying again: doubling from a second to five minutes, a quarter more or
/// less by chance, so that what failed together does not return together.
record Backoff(RandomGenerator random) {
  /// After this long a message is given up.
  static final Duration GIVE_UP = Duration.ofHours(24);

  private static final Duration LONGEST = Duration.ofMinutes(5);

  /// @param attempts made so far, from 1
  /// @param asked by the other side
  Duration after(int attempts, Duration asked) {
    long millis = 1_000L << Math.min(attempts - 1, 20);
    long capped = Math.min(millis, LONGEST.toMillis());
    Duration own = Duration.ofMillis((long) (capped * (0.75 + random.nextDouble() * 0.5)));
    Duration wanted = asked.compareTo(LONGEST) > 0 ? LONGEST : asked;
    return own.compareTo(wanted) > 0 ? own : wanted;
  }
}
