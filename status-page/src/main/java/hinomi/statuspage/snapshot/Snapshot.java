package hinomi.statuspage.snapshot;

import hinomi.model.ComponentStatus;
import hinomi.model.Condition;
import hinomi.model.Incident;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What was true at one moment, and all that a rendering may use.
///
/// @param asOf when it was taken
/// @param seq grows from snapshot to snapshot, also over restarts
/// @param expired whether nobody has confirmed it for too long: then every condition is unknown
/// @param roots the components at the top, with theirs below
/// @param incidents what was published, newest first
public record Snapshot(
    Instant asOf, long seq, boolean expired, List<Node> roots, List<Incident> incidents) {
  public Snapshot {
    roots = List.copyOf(roots);
    incidents = List.copyOf(incidents);
  }

  public static Snapshot of(
      Instant asOf, long seq, List<ComponentStatus> components, List<Incident> incidents) {
    return new Snapshot(asOf, seq, false, tree(components), incidents);
  }

  /// The same when nobody confirms it any more. What was measured on past days stays true; what is
  /// now is unknown since this snapshot was taken.
  public Snapshot whenExpired() {
    List<ComponentStatus> unknown =
        all().stream()
            .map(node -> {
              ComponentStatus s = node.status();
              return new ComponentStatus(
                  s.id(),
                  s.parent(),
                  s.name(),
                  s.description(),
                  Condition.UNKNOWN,
                  asOf,
                  s.days(),
                  s.total(),
                  List.of());
            })
            .toList();
    return new Snapshot(asOf, seq, true, tree(unknown), incidents);
  }

  /// Whether a reader learns nothing from this that the other does not say: the same components in
  /// the same condition since the same time, and the same incidents. Times that merely went on, and
  /// the measures that grow with them, are no news.
  public boolean saysTheSameAs(Snapshot other) {
    return expired == other.expired
        && incidents.equals(other.incidents)
        && conditions().equals(other.conditions());
  }

  private List<Said> conditions() {
    return all().stream()
        .map(node -> new Said(node.status().id(), node.status().condition(), node.status().since()))
        .toList();
  }

  /// What is news of a component.
  private record Said(String id, Condition condition, Instant since) {}

  /// Every component, in the order of the tree.
  public List<Node> all() {
    return roots.stream().flatMap(Node::all).toList();
  }

  public Optional<Node> find(String id) {
    return all().stream().filter(node -> node.id().equals(id)).findFirst();
  }

  public List<Incident> open() {
    return incidents.stream().filter(Incident::open).toList();
  }

  public Overall overall() {
    List<Condition> conditions = all().stream().map(Node::condition).toList();
    List<Condition> leaves =
        roots.stream().flatMap(root -> root.leaves().stream()).map(Node::condition).toList();
    if (leaves.isEmpty() || conditions.stream().allMatch(Condition.UNKNOWN::equals)) {
      return Overall.UNKNOWN;
    }
    if (leaves.stream().allMatch(Condition.DOWN::equals)) {
      return Overall.DOWN;
    }
    if (conditions.contains(Condition.DOWN)) {
      return Overall.PARTLY_DOWN;
    }
    if (conditions.contains(Condition.UNKNOWN)) {
      return Overall.PARTLY_UNKNOWN;
    }
    return open().isEmpty() ? Overall.UP : Overall.WATCHING;
  }

  private static List<Node> tree(List<ComponentStatus> components) {
    Map<String, ComponentStatus> byId = new LinkedHashMap<>();
    Map<String, List<ComponentStatus>> children = new HashMap<>();
    for (ComponentStatus component : components) {
      // A parent is only one that came before: whatever the source says, this is a tree.
      String parent = byId.containsKey(component.parent()) ? component.parent() : "";
      if (component.id().isEmpty() || byId.put(component.id(), component) != null) {
        throw new IllegalStateException("BUG: no or two components of id " + component.id());
      }
      children.computeIfAbsent(parent, _ -> new ArrayList<>()).add(component);
    }
    return nodes("", List.of(), children);
  }

  private static List<Node> nodes(
      String parent, List<ComponentStatus> ancestors, Map<String, List<ComponentStatus>> children) {
    List<Node> nodes = new ArrayList<>();
    for (ComponentStatus component : children.getOrDefault(parent, List.of())) {
      List<ComponentStatus> below = new ArrayList<>(ancestors);
      below.add(component);
      nodes.add(new Node(component, ancestors, nodes(component.id(), below, children)));
    }
    return nodes;
  }
}
