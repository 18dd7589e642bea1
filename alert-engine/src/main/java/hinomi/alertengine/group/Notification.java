package hinomi.alertengine.group;

import java.time.Instant;

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

  public Notification saying(Besides more) {
    return new Notification(group, reason, step, at, more);
  }

  /// Whether it says that everything is over.
  public boolean isResolved() {
    return reason == Reason.RESOLVED;
  }
}
