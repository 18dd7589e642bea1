package hinomi.promql.evaluate;

import hinomi.model.OverLimit;
import hinomi.model.Time;
import hinomi.model.Unavailable;

/// What one query may use: samples held in memory and time. One thread.
public final class Budget {
  /// How the message of a query that took too long begins.
  public static final String TIMED_OUT = "query timed out in ";

  private final long maxSamples;
  private final Time time;
  private final long deadline;
  private long held;
  private long peak;

  /// @param deadline on [Time#nanos]
  public Budget(long maxSamples, Time time, long deadline) {
    this.maxSamples = maxSamples;
    this.time = time;
    this.deadline = deadline;
  }

  /// The most samples that were held at once.
  public long peak() {
    return peak;
  }

  /// Takes room for samples before they are made.
  void hold(long samples) {
    held += samples;
    peak = Math.max(peak, held);
    if (held > maxSamples) {
      throw OverLimit.cost(
          "query processing would load too many samples into memory in query execution");
    }
  }

  long held() {
    return held;
  }

  /// Gives back what was taken since [#held] was `before`, but for what the result needs.
  void settle(long before, long result) {
    held = before + result;
  }

  /// To be called in every loop whose length depends on data.
  void check() {
    if (time.nanos() - deadline > 0) {
      throw new Unavailable(TIMED_OUT + "expression evaluation");
    }
    if (Thread.currentThread().isInterrupted()) {
      throw new Unavailable("query was canceled in expression evaluation");
    }
  }
}
