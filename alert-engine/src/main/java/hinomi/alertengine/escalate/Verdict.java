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
  record Tell(PageGroup after, Notification notification, List<String> targets, Hearing hearing)
      implements Verdict {}

  /// What has not been told yet is muted: tell nobody, and judge it again when that may change.
  record Hold(PageGroup after, Hearing hearing) implements Verdict {}

  /// The route's receiver tells nobody.
  record Swallow(PageGroup after) implements Verdict {}

  /// All was resolved before anybody was told.
  record Close(PageGroup after) implements Verdict {}
}
