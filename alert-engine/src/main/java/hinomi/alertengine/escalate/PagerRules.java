package hinomi.alertengine.escalate;

import hinomi.alertengine.group.PageTimes;
import hinomi.alertengine.oncall.OnCall;
import hinomi.alertengine.route.Route;

/// By whom and when pages and notices are told.
///
/// @param page times of what wakes people
/// @param notice times of all else
public record PagerRules(OnCall onCall, PageTimes page, PageTimes notice) {
  PageTimes times(Route route) {
    return route.page() ? page : notice;
  }
}
