package hinomi.server;

import hinomi.agent.backfill.Backfill;
import hinomi.model.Time;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// Tells whoever waits how far a backfill is: one line that is written over, and at the end what
/// became of everything. One thread.
final class BackfillProgress {
  private static final Duration BETWEEN = Duration.ofSeconds(1);

  private final PrintStream out;
  private final Time time;
  private final Instant began;
  private Instant told;
  private Path file = Path.of("-");
  private Backfill.State state = new Backfill.State(0, 0, List.of());
  private boolean waiting;

  BackfillProgress(PrintStream out, Time time) {
    this.out = out;
    this.time = time;
    this.began = time.now();
    this.told = began;
  }

  void file(Path next) {
    file = next;
  }

  void at(Backfill.State now) {
    state = now;
    waiting = false;
    Instant clock = time.now();
    if (!clock.isBefore(told.plus(BETWEEN))) {
      told = clock;
      out.print("\r" + sentence(clock) + "  " + file + "\u001b[K");
      out.flush();
    }
  }

  /// Says once that the server does not take.
  void waiting(String reason) {
    if (!waiting) {
      waiting = true;
      out.println("\nhinomi: the server does not take for now, trying again: " + reason);
    }
  }

  /// Tells the whole; false when something was refused.
  boolean end() {
    out.println("\r" + sentence(time.now()) + "\u001b[K");
    state.reasons().forEach(reason -> out.println("  refused: " + reason));
    return state.refused() == 0;
  }

  private String sentence(Instant now) {
    double seconds = Math.max(0.001, Duration.between(began, now).toMillis() / 1000.0);
    return "%,d samples stored, %,d refused, %,.0f a second"
        .formatted(state.stored(), state.refused(), (state.stored() + state.refused()) / seconds);
  }
}
