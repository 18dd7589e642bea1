package hinomi.agent.host;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;

/// A reading that costs much and is therefore passed over until its time has come again.
final class AtMostEvery implements Reading {
  // A round that starts a little early must not count as too early.
  private static final Duration SLACK = Duration.ofMillis(500);

  private final Duration period;
  private final Reading reading;
  private Instant next = Instant.MIN;

  AtMostEvery(Duration period, Reading reading) {
    this.period = period;
    this.reading = reading;
  }

  @Override
  public void read(Measures into) throws IOException {
    if (!into.at().isBefore(next)) {
      next = into.at().plus(period).minus(SLACK);
      reading.read(into);
    }
  }
}
