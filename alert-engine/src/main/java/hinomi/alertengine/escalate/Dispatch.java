package hinomi.alertengine.escalate;

import hinomi.alertengine.group.Member;
import hinomi.alertengine.group.PageGroup;
import hinomi.alertengine.mute.Mutes;
import hinomi.alertengine.route.Route;
import hinomi.alertengine.route.Routing;
import hinomi.alertengine.storm.Urgency;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// Finds the groups that changed alerts belong to: an alert that begins to fire goes to a group for
/// each of its routes; one that is over leaves the groups that it is in, whatever the routes are by
/// now. One use, under the pager's lock.
final class Dispatch {
  private final OpenGroups open;
  private final Routing routing;
  private final Mutes mutes;
  private final Map<String, PageGroup> groups = new LinkedHashMap<>(); // by id
  private final Map<String, List<Member>> members = new LinkedHashMap<>(); // by group's id
  private final Map<String, PageGroup> opened = new HashMap<>(); // by Route.group()
  private boolean sourceEnded;

  Dispatch(OpenGroups open, Routing routing, Mutes mutes) {
    this.open = open;
    this.routing = routing;
    this.mutes = mutes;
  }

  /// Begins anew with what fires in open groups.
  static void watch(Collection<PageGroup> open, Mutes mutes) {
    mutes.clear();
    for (PageGroup group : open) {
      for (Member member : group.members().values()) {
        if (member.isFiring()) {
          mutes.fired(member.key(), member.labels(), member.startsAt(), group.route().page());
        }
      }
    }
  }

  void add(Member member, PageGroup.Origin origin, Instant now) {
    if (member.isFiring()) {
      List<Route> routes = routing.routes(member.labels());
      mutes.fired(
          member.key(), member.labels(), member.startsAt(), routes.stream().anyMatch(Route::page));
      for (Route route : routes) {
        PageGroup group =
            open.byRoute(route)
                .orElseGet(() ->
                    opened.computeIfAbsent(
                        route.group(),
                        _ -> PageGroup.open(UUID.randomUUID().toString(), route, now, origin)));
        touch(group, member);
      }
    } else {
      sourceEnded |= mutes.ended(member.key(), member.labels());
      open.of(member).forEach(group -> touch(group, member));
    }
  }

  private void touch(PageGroup group, Member member) {
    groups.put(group.id(), group);
    members.computeIfAbsent(group.id(), _ -> new ArrayList<>()).add(member);
  }

  /// What was touched, each group as it was.
  List<PageGroup> groups() {
    return List.copyOf(groups.values());
  }

  /// The order of groups by what has come into them: a new group has no members yet.
  Comparator<PageGroup> urgency() {
    return Urgency.order(group -> members(group));
  }

  boolean touched(String id) {
    return groups.containsKey(id);
  }

  List<Member> members(PageGroup group) {
    return Optional.ofNullable(members.get(group.id())).orElse(List.of());
  }

  /// Whether an alert is over that kept others from being told.
  boolean sourceEnded() {
    return sourceEnded;
  }
}
