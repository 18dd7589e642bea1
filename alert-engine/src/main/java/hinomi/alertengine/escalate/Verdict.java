package hinomi.alertengine.escalate;

import hinomi.alertengine.group.Notification;
import hinomi.alertengine.group.PageGroup;
import java.time.Instant;
import java.util.List;

/// What is to be done about a group now.
sealed interface Verdict {
  /// Nothing before then.
  record Wait(Instant until) implements Verdict {}

  /// Tell these targets; then ask again about the group as it is after.
  record Tell(PageGroup after, Notification notification, List<String> targets)
      implements Verdict {}

  /// All was resolved before anybody was told.
  record Close(PageGroup after) implements Verdict {}
}
