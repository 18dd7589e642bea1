package hinomi.alertengine.storm;

import static hinomi.alertengine.state.Alert.NEVER;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/// What a target is told of late.
///
/// @param wanted messages that were to leave, whether they did or not
/// @param firsts first pages of causes that left by themselves in the storm
/// @param causes of which the target has heard, and when last
/// @param last when a message was to leave
record Tide(
    Lane lane,
    Window wanted,
    Window firsts,
    Map<String, Instant> causes,
    Storm storm,
    Instant last) {
  private static final int MAX_CAUSES = 1_000;

  Tide {
    causes = Collections.unmodifiableMap(new LinkedHashMap<>(causes));
  }

  static Tide still(Lane lane) {
    return new Tide(lane, Window.EMPTY, Window.EMPTY, Map.of(), Storm.NONE, Instant.EPOCH);
  }

  String key() {
    return lane.key();
  }

  /// One more message is to leave.
  Tide wanting(Instant now, StormConfig config) {
    Map<String, Instant> recent = new LinkedHashMap<>(causes);
    if (!storm.isOn()) {
      Instant earliest = now.minus(config.within());
      recent.values().removeIf(heard -> heard.isBefore(earliest));
    }
    return new Tide(lane, wanted.with(now, config.within()), firsts, recent, storm, now);
  }

  Tide first(Instant now, StormConfig config) {
    return new Tide(lane, wanted, firsts.with(now, config.within()), causes, storm, last);
  }

  /// The target hears of a cause. Of too many the others count as known.
  Tide hearing(String cause, Instant now) {
    if (causes.size() >= MAX_CAUSES && !causes.containsKey(cause)) {
      return this;
    }
    Map<String, Instant> more = new LinkedHashMap<>(causes);
    more.put(cause, now);
    return new Tide(lane, wanted, firsts, more, storm, last);
  }

  boolean knows(String cause) {
    return causes.containsKey(cause) || causes.size() >= MAX_CAUSES;
  }

  Tide with(Storm newStorm) {
    return new Tide(lane, wanted, firsts, causes, newStorm, last);
  }

  int cap(StormConfig config) {
    return lane.isPerson() ? config.pages() : config.webhooks();
  }

  boolean isTooHigh(Instant now, StormConfig config) {
    return wanted.count(now, config.within()) > cap(config);
  }

  /// When a summary is due, or the storm over if nothing more comes.
  Instant due(StormConfig config) {
    if (!storm.isOn()) {
      return NEVER;
    }
    Instant summary = storm.summaryAt(config.summary());
    Instant calm = wanted.atMost(cap(config), config.within());
    return calm.isBefore(summary) ? calm : summary;
  }
}
