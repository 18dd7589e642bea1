package hinomi.alertengine;

import hinomi.model.Cancel;
import hinomi.model.Time;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// The clock of one process of a test: it counts how often it is asked and ends the process with
/// one of these calls. Between two calls at most one transaction and one message lie, so that a
/// process can end before and after each of them. What a process that is over had planned to do is
/// never done.
final class MortalTime implements Time {
  private final Time time;
  private final long endsWith;
  private final List<Instant> calls = new ArrayList<>();
  private boolean over;

  /// How a process ends of which no code notices.
  static final class Killed extends Error {
    private static final long serialVersionUID = 1;

    Killed() {
      super("the process is over", null, false, false);
    }
  }

  /// @param endsWith the number of the call, from 1 on
  MortalTime(Time time, long endsWith) {
    this.time = time;
    this.endsWith = endsWith;
  }

  /// Ends it between two of its calls.
  void end() {
    over = true;
  }

  boolean isOver() {
    return over;
  }

  /// When it was asked, in order.
  List<Instant> calls() {
    return calls;
  }

  private void asked() {
    calls.add(time.now());
    if (over || calls.size() == endsWith) {
      over = true;
      throw new Killed();
    }
  }

  @Override
  public Instant now() {
    asked();
    return time.now();
  }

  @Override
  public long nanos() {
    return time.nanos();
  }

  @Override
  public Cancel every(Duration period, String name, Runnable job) {
    asked();
    return time.every(period, name, alive(job));
  }

  @Override
  public Cancel at(Instant when, String name, Runnable job) {
    asked();
    return time.at(when, name, alive(job));
  }

  private Runnable alive(Runnable job) {
    return () -> {
      if (!over) {
        job.run();
      }
    };
  }
}
