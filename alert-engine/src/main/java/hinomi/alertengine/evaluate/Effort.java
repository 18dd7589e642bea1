package hinomi.alertengine.evaluate;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

/// What looks between slots may cost all together. Who has looked rests for a multiple of what it
/// took, as often longer as others wait beside it: so all of them have the share that one alone
/// would have. Slots are not concerned. Any thread.
final class Effort {
  private final int rest;
  private final AtomicInteger waiting = new AtomicInteger();
  private final Semaphore places;

  /// @param rest times the last look; one by this is the share of one core that all may have
  /// @param together looks at the same time; the others wait in the order in which they came
  Effort(int rest, int together) {
    this.rest = rest;
    this.places = new Semaphore(together, true);
  }

  /// Somebody has something to look at.
  void waits() {
    int _ = waiting.incrementAndGet();
  }

  /// It has looked, or will not.
  void looked() {
    int _ = waiting.decrementAndGet();
  }

  Duration rest(Duration took) {
    return took.multipliedBy((long) rest * Math.max(1, waiting.get()));
  }

  void look(Runnable look) {
    places.acquireUninterruptibly();
    try {
      look.run();
    } finally {
      places.release();
    }
  }
}
