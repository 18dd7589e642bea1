package hinomi.testkit;

import hinomi.model.Cancel;
import hinomi.model.Time;
import hinomi.model.VirtualTime;
import java.time.Duration;
import java.time.Instant;

/// The clock of tests: a [VirtualTime] that begins on a Monday when nothing else is said.
public final class SimTime implements Time {
  private final VirtualTime time;

  public SimTime(Instant start) {
    this.time = new VirtualTime(start);
  }

  /// Begins at 2026-03-02T00:00:00Z, a Monday.
  public SimTime() {
    this(Instant.parse("2026-03-02T00:00:00Z"));
  }

  @Override
  public Instant now() {
    return time.now();
  }

  @Override
  public long nanos() {
    return time.nanos();
  }

  @Override
  public Cancel every(Duration period, String name, Runnable job) {
    return time.every(period, name, job);
  }

  @Override
  public Cancel at(Instant when, String name, Runnable job) {
    return time.at(when, name, job);
  }

  /// Moves the clock forward, running what falls due on the way.
  public void advance(Duration by) {
    time.advance(by);
  }

  /// Moves the clock to a later time, running what falls due on the way.
  public void advanceTo(Instant to) {
    time.advanceTo(to);
  }
}
