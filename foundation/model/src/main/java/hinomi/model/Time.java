package hinomi.model;

import java.time.Duration;
import java.time.Instant;

/// The product's only clock and timer. Deciding code takes an `Instant now` and does not see this;
/// what starts jobs does. The system's is [SystemTime]; what replays, and tests, have a
/// [VirtualTime].
public interface Time {
  /// The wall clock.
  Instant now();

  /// A clock for measuring how long something took: nanoseconds, never going back, no zero point.
  long nanos();

  /// Runs a job again and again, the first time after one period. Runs of one job never overlap: a
  /// run that takes longer than the period skips the runs it covered.
  Cancel every(Duration period, String name, Runnable job);

  /// Runs a job once, at `when` or at once if that has passed; never before.
  Cancel at(Instant when, String name, Runnable job);
}
