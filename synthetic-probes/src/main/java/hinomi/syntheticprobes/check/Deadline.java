package hinomi.syntheticprobes.check;

import hinomi.model.Cancel;
import hinomi.model.Time;
import java.net.SocketTimeoutException;
import java.time.Duration;

/// The end of a run. Every wait asks how much is left, so that an answer that drips byte by byte
/// cannot hold a run for ever.
final class Deadline {
  private final Time time;
  private final long begin;
  private final Duration limit;

  Deadline(Time time, Duration limit) {
    this.time = time;
    this.begin = time.nanos();
    this.limit = limit;
  }

  Duration passed() {
    return Duration.ofNanos(time.nanos() - begin);
  }

  /// What is left, for `setSoTimeout` and its like; at least 1, for 0 means forever there.
  int leftMillis() throws SocketTimeoutException {
    long left = limit.minus(passed()).toMillis();
    if (left <= 0) {
      throw expired();
    }
    return (int) Math.min(left, Integer.MAX_VALUE);
  }

  boolean isOver() {
    return passed().compareTo(limit) >= 0;
  }

  /// Does something when the time is over, should it still be needed then.
  Cancel atEnd(Runnable end) {
    return time.at(time.now().plus(limit.minus(passed())), "probe-timeout", end);
  }

  SocketTimeoutException expired() {
    return new SocketTimeoutException(story());
  }

  String story() {
    return "timeout after " + limit.toMillis() + " ms";
  }
}
