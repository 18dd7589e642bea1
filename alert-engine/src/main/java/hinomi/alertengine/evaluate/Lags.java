package hinomi.alertengine.evaluate;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// How late the samples of each metric come: the longest time between a sample's time stamp and its
/// arrival, of the newest sample of each commit, within the last ten minutes. What comes later than
/// [#MOST] is no lag but old data that are sent again, and does not count. Any thread.
public final class Lags {
  private static final Duration MOST = Duration.ofMinutes(5);
  private static final int MINUTES = 10;
  private static final long MINUTE = Duration.ofMinutes(1).toMillis();

  private final Map<String, Longest> byMetric = new ConcurrentHashMap<>();

  /// The longest of each minute, in a ring.
  private static final class Longest {
    private final long[] minutes = new long[MINUTES];
    private final long[] millis = new long[MINUTES];

    synchronized void add(long minute, long lag) {
      int slot = (int) Math.floorMod(minute, (long) MINUTES);
      if (minutes[slot] < minute) {
        minutes[slot] = minute;
        millis[slot] = lag;
      } else if (minutes[slot] == minute) {
        millis[slot] = Math.max(millis[slot], lag);
      }
    }

    synchronized long since(long minute) {
      long longest = 0;
      for (int slot = 0; slot < MINUTES; slot++) {
        if (minutes[slot] > minute) {
          longest = Math.max(longest, millis[slot]);
        }
      }
      return longest;
    }
  }

  /// Samples of a metric have been stored.
  ///
  /// @param newest milliseconds since the epoch
  void arrived(String metric, long newest, Instant now) {
    long lag = now.toEpochMilli() - newest;
    if (lag >= 0 && lag <= MOST.toMillis()) {
      byMetric.computeIfAbsent(metric, _ -> new Longest()).add(now.toEpochMilli() / MINUTE, lag);
    }
  }

  /// The longest of some metrics; zero while nothing is known.
  Duration of(Collection<String> metrics, Instant now) {
    long since = now.toEpochMilli() / MINUTE - MINUTES;
    long longest = 0;
    for (String metric : metrics) {
      Longest known = byMetric.get(metric);
      longest = Math.max(longest, known == null ? 0 : known.since(since));
    }
    return Duration.ofMillis(longest);
  }
}
