package hinomi.alertengine.escalate;

import static hinomi.alertengine.state.Alert.NEVER;

import hinomi.alertengine.group.Member;
import hinomi.alertengine.group.PageGroup;
import hinomi.alertengine.group.Reason;
import hinomi.alertengine.mute.Mute;
import hinomi.alertengine.mute.Quiet;
import java.time.Instant;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/// What of a group can be heard now.
///
/// @param audible keys of members that fire and may be told
/// @param muted of members that fire and may not, by key
record Hearing(PageGroup group, Set<String> audible, Map<String, Mute> muted) {
  private static final Set<Member.Told> KNOWN = EnumSet.of(Member.Told.FIRING, Member.Told.CHANGED);

  static Hearing of(PageGroup group, Quiet quiet) {
    Set<String> audible = new LinkedHashSet<>();
    Map<String, Mute> muted = new LinkedHashMap<>();
    group
        .members()
        .forEach((key, member) -> {
          if (member.isFiring()) {
            quiet
                .of(member.labels())
                .ifPresentOrElse(mute -> muted.put(key, mute), () -> audible.add(key));
          }
        });
    return new Hearing(group, audible, muted);
  }

  /// Whether something may be told that nobody knows of.
  boolean hasNews() {
    return news().findAny().isPresent();
  }

  /// Whether all that may be told is of alerts that people know, and how they come and go.
  boolean hasTurnsOnly() {
    return news().allMatch(member -> member.told() == Member.Told.CHANGED);
  }

  /// What is new.
  Reason reason() {
    if (!hasTurnsOnly()) {
      return Reason.NEW_ALERTS;
    }
    return news().anyMatch(member -> member.flapping().isGiven()) ? Reason.FLAPPING : Reason.STEADY;
  }

  private Stream<Member> news() {
    return group.members().values().stream()
        .filter(member -> audible.contains(member.key()) && group.isNews(member));
  }

  /// Whether people know of something that fires still.
  boolean isKnownToFire() {
    return group.members().values().stream()
        .anyMatch(member -> member.isFiring() && member.told() != Member.Told.NOTHING);
  }

  /// Whether all that people know to fire has been muted until now.
  boolean wasSilent() {
    return group.members().values().stream()
        .noneMatch(member -> member.isFiring() && KNOWN.contains(member.told()));
  }

  boolean hasGone() {
    return group.members().values().stream().anyMatch(Member::isGone);
  }

  /// When the clock alone may let more be heard; later than `now`.
  Instant changesAt(Instant now) {
    return muted.values().stream()
        .map(Mute::until)
        .filter(until -> until.isAfter(now))
        .min(Instant::compareTo)
        .orElse(NEVER);
  }

  /// The group when nothing of it is told now; it is judged again when that may change.
  PageGroup held(Instant now) {
    return group.hushed(muted.keySet()).flushingAt(changesAt(now));
  }

  /// The group as a message shows it: what may be heard, and what people know and is over.
  PageGroup shown() {
    return group.about(member -> member.isGone() || audible.contains(member.key()));
  }
}
