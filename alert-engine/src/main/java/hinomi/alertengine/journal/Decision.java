package hinomi.alertengine.journal;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Something that was decided about an alert or a group, kept so that anybody can be told why a
/// page came, or why it did not.
///
/// @param alert fingerprint; empty when it is about all alerts of the group
/// @param group id; empty when it is about no group
/// @param facts by name, as `explain` puts them into words
public record Decision(
    Instant at, Kind kind, String alert, String group, Map<String, String> facts) {
  /// What was decided.
  public enum Kind {
    /// An alert that fires belongs to a group: `node`, `receiver`, `matched`, `labels`.
    ROUTED,
    /// The group is told at a later time: `until`, `why`.
    WAITING,
    /// An alert is not told: `why`, `by`, `until`.
    MUTED,
    /// An alert is not muted any more.
    UNMUTED,
    /// Somebody is told: `reason`, `targets`, `alerts`, `step`.
    TOLD,
    /// Somebody is told too much: it goes into the next summary: `reason`, `targets`, `alerts`.
    BUNDLED,
    /// The route's receiver tells nobody.
    SWALLOWED,
    /// Somebody has taken it on, so that nobody else is told: `by`.
    ACKNOWLEDGED,
    /// An alert comes and goes: that is told instead of its changes: `changes`, `since`.
    FLAPPING,
    /// One that flaps has changed, which is not told: `state`.
    FLAPPED,
    /// One that flapped has been calm: it is told what it is: `state`.
    STEADY,
    /// The alert is over.
    ENDED,
    /// All of the group was over before anybody was told.
    CLOSED_UNTOLD,
    /// All of the group is over.
    CLOSED;

    /// As it is stored.
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /// Stands for fingerprints that are not listed.
  public static final String MORE = " …";

  private static final int MAX_ALERTS = 200;

  public Decision {
    facts = Collections.unmodifiableMap(new LinkedHashMap<>(facts));
  }

  /// @param facts names and values in turn
  public static Decision ofAlert(
      Instant at, Kind kind, String alert, String group, String... facts) {
    return new Decision(at, kind, alert, group, map(facts));
  }

  /// @param facts names and values in turn
  public static Decision ofGroup(Instant at, Kind kind, String group, String... facts) {
    return new Decision(at, kind, "", group, map(facts));
  }

  private static Map<String, String> map(String[] facts) {
    Map<String, String> map = new LinkedHashMap<>();
    for (int i = 0; i < facts.length; i += 2) {
      if (!facts[i + 1].isEmpty()) {
        map.put(facts[i], facts[i + 1]);
      }
    }
    return map;
  }

  /// Fingerprints as one fact; of very many the first.
  public static String alerts(List<String> fingerprints) {
    String first =
        String.join(" ", fingerprints.subList(0, Math.min(MAX_ALERTS, fingerprints.size())));
    return fingerprints.size() > MAX_ALERTS ? first + MORE : first;
  }

  /// Whether it is about an alert, as far as is kept.
  public boolean isAbout(String fingerprint) {
    String alerts = fact("alerts");
    return alert.equals(fingerprint) || alerts.contains(fingerprint) || alerts.endsWith(MORE);
  }

  /// A fact, or the empty text.
  public String fact(String name) {
    return facts.getOrDefault(name, "");
  }
}
