package hinomi.syntheticprobes.check;

import hinomi.model.Cancel;
import hinomi.model.Time;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;

/// The end of a run. Every wait asks how much is left, so that an answer that drips byte by byte
/// cannot hold a run for ever. The run's thread asks; the timer's thread ends.
final class Deadline {
  private final Time time;
  private final long begin;
  private final Duration limit;
  private volatile boolean ended;

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

  /// Whether this is why something failed. A timer may ring a little before the clock that
  /// measures.
  boolean isBehind(IOException e) {
    return ended || e instanceof SocketTimeoutException || passed().compareTo(limit) >= 0;
  }

  /// Does something when the time is over, should it still be needed then.
  Cancel atEnd(Runnable end) {
    return time.at(
        time.now().plus(limit.minus(passed())),
        "probe-timeout",
        () -> {
          ended = true;
          end.run();
        });
  }

  SocketTimeoutException expired() {
    return new SocketTimeoutException(story());
  }

  String story() {
    return "timeout after " + limit.toMillis() + " ms";
  }
}
