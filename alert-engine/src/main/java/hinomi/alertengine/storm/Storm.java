package hinomi.alertengine.storm;

import static hinomi.alertengine.state.Alert.NEVER;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/// More than a target can take.
///
/// @param id also that of the group that its summaries stand for
/// @param summaries that have left
/// @param toldAt when the last did
/// @param changed something went into the bundle since
/// @param fresh also a cause of which the target has not heard
/// @param bundled messages that have gone into it
/// @param resolved alerts of the bundle that are over, by cause
record Storm(
    String id,
    Instant since,
    int summaries,
    Instant toldAt,
    boolean changed,
    boolean fresh,
    int bundled,
    Map<String, Integer> resolved) {
  /// There is none.
  static final Storm NONE = new Storm("", NEVER, 0, NEVER, false, false, 0, Map.of());

  static final Duration SHORTEST = Duration.ofSeconds(30); // between two summaries

  private static final int MAX_CAUSES = 1_000;
  private static final String OTHERS = "…";

  Storm {
    resolved = Collections.unmodifiableMap(new LinkedHashMap<>(resolved));
  }

  static Storm begun(String id, Instant now) {
    return new Storm(id, now, 0, NEVER, false, false, 0, Map.of());
  }

  boolean isOn() {
    return !since.equals(NEVER);
  }

  Storm bundling(boolean freshCause) {
    return new Storm(
        id, since, summaries, toldAt, true, fresh || freshCause, bundled + 1, resolved);
  }

  /// Alerts of the bundle are over, and that has been told or is too much to be told one by one.
  Storm over(String cause, int alerts) {
    Map<String, Integer> more = new LinkedHashMap<>(resolved);
    boolean full = more.size() >= MAX_CAUSES && !more.containsKey(cause);
    more.merge(full ? OTHERS : cause, alerts, Integer::sum);
    return new Storm(id, since, summaries, toldAt, changed, fresh, bundled, more);
  }

  Storm told(Instant now) {
    return new Storm(id, since, summaries + 1, now, false, false, bundled, resolved);
  }

  /// The first summary comes at once, each further one after as long as the storm has lasted, but
  /// not before [#SHORTEST] and not after the longest time; a new cause does not wait for that.
  Instant summaryAt(Duration longest) {
    if (!changed) {
      return NEVER;
    }
    if (summaries == 0) {
      return since;
    }
    Duration shortest = longest.compareTo(SHORTEST) < 0 ? longest : SHORTEST;
    Duration lasted = Duration.between(since, toldAt);
    Duration gap =
        fresh || lasted.compareTo(shortest) < 0
            ? shortest
            : lasted.compareTo(longest) < 0 ? lasted : longest;
    return toldAt.plus(gap);
  }
}
