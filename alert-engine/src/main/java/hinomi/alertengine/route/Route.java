package hinomi.alertengine.route;

import hinomi.model.Labels;

/// Where an alert goes: a node of the routing tree and what the alerts of one group have in common
/// there. It is kept with its group, so that a group outlives a change of the tree.
///
/// @param page wakes people up the ladder; otherwise the ladder's first step is told once
/// @param ladder id; empty when the receiver has none
/// @param labels that the alerts of the group have in common by configuration
/// @param node key of the [RouteNode]
/// @param receiver name
public record Route(boolean page, String ladder, Labels labels, String node, String receiver) {
  /// A route of the tree that the ladders make.
  public static Route ofLadder(boolean page, String ladder, Labels labels) {
    return new Route(
        page, ladder, labels, LadderTree.node(page, ladder), LadderTree.receiver(page, ladder));
  }

  /// As Alertmanager writes it: route, then group labels.
  public String key() {
    return node + ":" + (labels.isEmpty() ? "{}" : labels);
  }

  /// Alerts whose routes agree in this form one group.
  public String group() {
    return key() + "→" + receiver;
  }
}
