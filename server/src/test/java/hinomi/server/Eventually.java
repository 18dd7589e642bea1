package hinomi.server;

import hinomi.model.SystemTime;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/// Waits for what other threads bring about: looks again and again until it is seen or the patience
/// is over, which is a failure that names what was waited for.
final class Eventually {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(20);

  private Eventually() {}

  static void seen(String what, BooleanSupplier look) {
    Boolean _ = found(what, () -> look.getAsBoolean() ? Optional.of(true) : Optional.empty());
  }

  static <T> T found(String what, Supplier<Optional<T>> look) {
    return found(what, PATIENCE, look);
  }

  static <T> T found(String what, Duration patience, Supplier<Optional<T>> look) {
    try (SystemTime time = new SystemTime()) {
      long begin = time.nanos();
      while (true) {
        Optional<T> found = look.get();
        if (found.isPresent()) {
          return found.get();
        }
        if (time.nanos() - begin > patience.toNanos()) {
          throw new AssertionError("not seen within " + patience.toSeconds() + " s: " + what);
        }
        LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
      }
    }
  }
}
