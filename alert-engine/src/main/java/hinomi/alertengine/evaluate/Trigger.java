package hinomi.alertengine.evaluate;

import hinomi.model.Cancel;
import hinomi.model.Time;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// Lets somebody look at samples that have arrived: as soon as they are due and it may. What comes
/// while it waits or looks is looked at together, in the look that follows. Any thread.
final class Trigger {
  /// How far agents' clocks may be ahead and their samples still be seen as soon as they are due.
  private static final Duration MAX_AHEAD = Duration.ofSeconds(5);

  private final String name;
  private final Time time;
  private final Effort effort;
  private final Looking looking;
  private final AtomicReference<@Nullable Arrival> arrived = new AtomicReference<>();
  private volatile boolean busy;
  private volatile boolean closed;

  /// Who looks.
  interface Looking {
    /// Not before this.
    Instant allowed();

    /// Looks as of `now`, or a little later; returns the time as of which it did.
    Instant look(Arrival arrival, Instant now);
  }

  Trigger(String name, Time time, Effort effort, Looking looking) {
    this.name = name;
    this.time = time;
    this.effort = effort;
    this.looking = looking;
  }

  /// Samples that matter are stored. Returns at once; cheap when it was known already.
  void touch(Instant now, long newestMillis) {
    while (true) {
      Arrival before = arrived.get();
      if (before != null && before.newest().toEpochMilli() >= newestMillis) {
        return;
      }
      Arrival mine =
          new Arrival(before == null ? now : before.at(), Instant.ofEpochMilli(newestMillis));
      if (arrived.compareAndSet(before, mine)) {
        if (before == null) {
          effort.waits();
          if (!busy) {
            schedule(mine);
          }
        }
        return;
      }
    }
  }

  private void schedule(Arrival arrival) {
    Instant now = now();
    Instant soonest = now.plus(MAX_AHEAD);
    Instant visible = arrival.newest().isAfter(soonest) ? soonest : arrival.newest();
    Cancel _ = time.at(latest(now, latest(looking.allowed(), visible)), name, this::due);
  }

  private void due() {
    Arrival arrival = arrived.getAndSet(null);
    if (arrival == null) {
      return;
    }
    busy = true;
    try {
      effort.looked();
      if (!closed) {
        Instant at = looking.look(arrival, now());
        if (arrival.newest().isAfter(at) && !arrival.newest().isAfter(at.plus(MAX_AHEAD))) {
          touch(arrival.at(), arrival.newest().toEpochMilli());
        }
      }
    } finally {
      busy = false;
      // What came in between found it busy; a second call finds nothing.
      Arrival next = arrived.get();
      if (next != null) {
        schedule(next);
      }
    }
  }

  static Instant latest(Instant a, Instant b) {
    return a.isAfter(b) ? a : b;
  }

  private Instant now() {
    return time.now().truncatedTo(ChronoUnit.MILLIS);
  }

  void close() {
    closed = true;
  }
}
