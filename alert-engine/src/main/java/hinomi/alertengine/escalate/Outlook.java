package hinomi.alertengine.escalate;

import hinomi.alertengine.group.PageGroup;
import hinomi.alertengine.mute.Mute;
import hinomi.alertengine.mute.Mutes;
import hinomi.alertengine.oncall.OnCall;
import hinomi.alertengine.route.Routing;
import hinomi.model.Labels;
import hinomi.model.Time;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/// What others ask of pages; nothing is changed by it. Any thread.
public final class Outlook {
  private final ReentrantLock lock; // the pager's
  private final OpenGroups open;
  private final Routing routing;
  private final Mutes mutes;
  private final Time time;

  Outlook(ReentrantLock lock, OpenGroups open, Pager.Policy policy, Time time) {
    this.lock = lock;
    this.open = open;
    this.routing = policy.routing();
    this.mutes = policy.mutes();
    this.time = time;
  }

  /// What keeps an alert from being told at a time, besides the hours of its routes. Of other
  /// alerts only those count that fire now.
  public Optional<Mute> muted(Labels alert, Instant at) {
    return locked(() -> mutes.at(List.of(), List.of(), at).of(alert));
  }

  /// What keeps alerts from being told now besides silences: planned work, other alerts and, for
  /// any of their routes, the time of day. Those that nothing keeps are left out.
  public Map<Labels, List<Mute>> muting(Collection<Labels> alerts) {
    return locked(() -> {
      Map<Labels, List<Mute>> muting = new HashMap<>();
      for (Labels alert : alerts) {
        List<Mute> found = mutes.besidesSilences(alert, routing, time.now());
        if (!found.isEmpty()) {
          muting.put(alert, found);
        }
      }
      return muting;
    });
  }

  /// The open groups, the oldest first.
  public List<PageGroup> openGroups() {
    return locked(open::oldestFirst);
  }

  /// Who can be told, and when.
  public OnCall onCall() {
    return routing.onCall();
  }

  private <T> T locked(Supplier<T> question) {
    lock.lock();
    try {
      return question.get();
    } finally {
      lock.unlock();
    }
  }
}
