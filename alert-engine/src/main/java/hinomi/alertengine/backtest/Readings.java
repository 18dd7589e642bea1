package hinomi.alertengine.backtest;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Tells what is known of an expression without asking it.
@FunctionalInterface
public interface Readings {
  Reading of(String expression);

  /// Of LogQL: each step of a range is what it is by itself.
  Readings LOGS = _ -> new Reading(true, List.of(), Optional.empty(), Duration.ZERO);
}
