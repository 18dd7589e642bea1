package hinomi.alertengine.group;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Something to tell: a group as it was when that was decided.
///
/// @param besides what it says besides the alerts of the group
/// @param step of the ladder that this is, from 0; what is no step carries the last one's number
public record Notification(PageGroup group, Reason reason, int step, Instant at, Besides besides) {
  public Notification {
    besides = besides == null ? Besides.NOTHING : besides; // rows of earlier versions have none
  }

  /// One that lists all that it says.
  public Notification(PageGroup group, Reason reason, int step, Instant at) {
    this(group, reason, step, at, Besides.NOTHING);
  }

  /// The same, which lists so many alerts at most: of too many those that are news come first.
  public Notification listing(int most) {
    int omitted = group.members().size() - most;
    if (omitted <= 0) {
      return this;
    }
    Map<String, Member> first = new LinkedHashMap<>();
    for (boolean news : List.of(true, false)) {
      group
          .members()
          .forEach((key, member) -> {
            if (news == (group.isNews(member) || member.isGone()) && first.size() < most) {
              first.put(key, member);
            }
          });
    }
    return new Notification(group.with(first), reason, step, at, besides.omitting(omitted));
  }

  public Notification saying(Besides more) {
    return new Notification(group, reason, step, at, more);
  }

  /// How many alerts it is about, listed or not.
  public int alerts() {
    return group.members().size() + besides.omitted();
  }

  /// Whether it says that everything is over.
  public boolean isResolved() {
    return reason == Reason.RESOLVED;
  }
}
