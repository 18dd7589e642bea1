package hinomi.alertengine.route;

import hinomi.model.Labels;
import hinomi.model.Matcher;
import java.util.ArrayList;
import java.util.List;

/// A node of the routing tree with all that lies below it (Alertmanager, dispatch/route.go). An
/// alert that its matchers fit goes down to the first child that fits, and on to that child's
/// siblings if it says `continue`; where no child fits, the node itself is the alert's route.
///
/// @param key as Alertmanager writes it: the matchers from the root down, joined by `/`
/// @param goesOn `continue`: later siblings are asked too
public record RouteNode(
    String key, List<Matcher> matchers, boolean goesOn, Terms terms, List<RouteNode> children) {
  /// On what terms alerts of a route are told. What a route does not say it has from its parent,
  /// but for the times of day, which are its own.
  ///
  /// @param receiver name
  /// @param muteDuring names of the time intervals in which nobody is told
  /// @param activeDuring names of the only time intervals in which somebody is told; none: always
  public record Terms(
      String receiver,
      GroupBy groupBy,
      PageTimes times,
      List<String> muteDuring,
      List<String> activeDuring) {
    public Terms {
      muteDuring = List.copyOf(muteDuring);
      activeDuring = List.copyOf(activeDuring);
    }
  }

  /// Which labels split a route's alerts into groups.
  ///
  /// @param all each alert is a group of its own: `group_by: ['...']`
  public record GroupBy(boolean all, List<String> labels) {
    /// What an alert's group has in common.
    public Labels of(Labels alert) {
      return all ? alert : alert.only(labels);
    }
  }

  public RouteNode {
    matchers = List.copyOf(matchers);
    children = List.copyOf(children);
  }

  /// The routes of an alert in the order of the file; at the root at least one, below possibly
  /// none.
  public List<RouteNode> match(Labels labels) {
    if (!Matcher.allMatch(matchers, labels)) {
      return List.of();
    }
    List<RouteNode> found = new ArrayList<>();
    for (RouteNode child : children) {
      List<RouteNode> below = child.match(labels);
      found.addAll(below);
      if (!below.isEmpty() && !child.goesOn()) {
        break;
      }
    }
    return found.isEmpty() ? List.of(this) : found;
  }
}
