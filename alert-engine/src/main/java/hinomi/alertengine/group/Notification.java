package hinomi.alertengine.group;

import java.time.Instant;

/// Something to tell: a group as it was when that was decided.
///
/// @param step of the ladder that this is, from 0; what is no step carries the last one's number
public record Notification(PageGroup group, Reason reason, int step, Instant at) {
  /// Whether it says that everything is over.
  public boolean isResolved() {
    return reason == Reason.RESOLVED;
  }
}
