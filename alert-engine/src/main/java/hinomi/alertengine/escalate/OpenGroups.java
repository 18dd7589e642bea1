package hinomi.alertengine.escalate;

import hinomi.alertengine.group.Member;
import hinomi.alertengine.group.PageGroup;
import hinomi.alertengine.route.Route;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The groups that are open, found by id, by what their alerts have in common, and by alert.
/// Guarded by its owner's lock.
final class OpenGroups {
  private final Map<String, PageGroup> byId = new LinkedHashMap<>();
  private final Map<String, String> byRoute = new HashMap<>(); // Route.group() → id
  private final Map<String, Set<String>> byMember = new HashMap<>(); // Member.key() → ids

  /// Takes in what a group has become; a closed one leaves.
  void put(PageGroup group) {
    PageGroup known = byId.get(group.id());
    Set<String> before = known == null ? Set.of() : known.members().keySet();
    Set<String> after = group.isOpen() ? group.members().keySet() : Set.of();
    before.stream().filter(key -> !after.contains(key)).forEach(key -> forget(key, group.id()));
    after.stream()
        .filter(key -> !before.contains(key))
        .forEach(key -> byMember.computeIfAbsent(key, _ -> new LinkedHashSet<>()).add(group.id()));
    if (group.isOpen()) {
      byId.put(group.id(), group);
      byRoute.putIfAbsent(group.route().group(), group.id());
    } else {
      byId.remove(group.id());
      byRoute.remove(group.route().group(), group.id());
    }
  }

  private void forget(String key, String id) {
    Set<String> ids = byMember.get(key);
    if (ids != null && ids.remove(id) && ids.isEmpty()) {
      byMember.remove(key);
    }
  }

  Optional<PageGroup> byId(String id) {
    return Optional.ofNullable(byId.get(id));
  }

  Optional<PageGroup> byRoute(Route route) {
    return Optional.ofNullable(byRoute.get(route.group())).flatMap(this::byId);
  }

  /// The groups that an alert is in.
  List<PageGroup> of(Member member) {
    return byMember.getOrDefault(member.key(), Set.of()).stream()
        .flatMap(id -> byId(id).stream())
        .toList();
  }

  /// All, in the order in which they were taken in.
  Collection<PageGroup> all() {
    return List.copyOf(byId.values());
  }

  List<PageGroup> oldestFirst() {
    return byId.values().stream().sorted(Comparator.comparing(PageGroup::openedAt)).toList();
  }
}
