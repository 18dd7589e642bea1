package hinomi.logindexer.search;

import hinomi.model.OverLimit;
import hinomi.model.Time;
import java.time.Duration;

/// What one search may cost: time and bytes of unpacked text. Asked before each piece of work. One
/// thread.
public final class Budget {
  private final Time time;
  private final long deadline;
  private final Duration timeout;
  private final long maxBytes;
  private long bytes;

  public Budget(Time time, Duration timeout, long maxBytes) {
    this.time = time;
    this.timeout = timeout;
    this.deadline = time.nanos() + timeout.toNanos();
    this.maxBytes = maxBytes;
  }

  /// Ends the search with an [OverLimit] that names the budget, when it is spent.
  void spend(long more) {
    bytes += more;
    if (bytes > maxBytes) {
      throw OverLimit.cost(
          "the query reads more than "
              + (maxBytes >> 20)
              + " MiB of log text; narrow the time range or the stream selector");
    }
    if (time.nanos() - deadline > 0) {
      throw OverLimit.cost(
          "the query took longer than "
              + timeout.toSeconds()
              + " s; narrow the time range or the stream selector");
    }
  }
}
