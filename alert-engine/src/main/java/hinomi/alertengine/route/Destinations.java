package hinomi.alertengine.route;

import hinomi.model.Labels;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// Where alerts go by a routing tree, for those who ask without paging anybody.
public record Destinations(RouteNode root) {
  /// A receiver and the group in which it hears of an alert.
  ///
  /// @param group what the alerts of the group have in common
  /// @param node key of the tree's node
  public record Destination(String receiver, Labels group, String node) {}

  /// At least one.
  public List<Destination> of(Labels alert) {
    return root.match(alert).stream()
        .map(node ->
            new Destination(node.terms().receiver(), node.terms().groupBy().of(alert), node.key()))
        .distinct()
        .toList();
  }

  /// Names in the order of the tree.
  public List<String> receivers() {
    Set<String> names = new LinkedHashSet<>();
    collect(root, names);
    return new ArrayList<>(names);
  }

  private static void collect(RouteNode node, Set<String> names) {
    names.add(node.terms().receiver());
    node.children().forEach(child -> collect(child, names));
  }
}
