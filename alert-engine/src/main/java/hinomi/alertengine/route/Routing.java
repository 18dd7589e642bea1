package hinomi.alertengine.route;

import hinomi.alertengine.oncall.Ladder;
import hinomi.alertengine.oncall.OnCall;
import hinomi.model.Labels;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Where alerts go: the tree, and who its receivers are. Immutable.
public final class Routing {
  private final RouteNode root;
  private final Map<String, Receiver> receivers;
  private final OnCall onCall;
  private final Map<String, RouteNode> nodes = new HashMap<>(); // by key and receiver

  /// @param receivers by name; all that the tree names
  public Routing(RouteNode root, Map<String, Receiver> receivers, OnCall onCall) {
    this.root = root;
    this.receivers = Map.copyOf(receivers);
    this.onCall = onCall;
    index(root);
  }

  private void index(RouteNode node) {
    nodes.putIfAbsent(node.key() + "→" + node.terms().receiver(), node);
    node.children().forEach(this::index);
  }

  public RouteNode root() {
    return root;
  }

  public OnCall onCall() {
    return onCall;
  }

  /// The routes of an alert, at least one, in the order of the tree.
  public List<Route> routes(Labels alert) {
    List<Route> routes = new ArrayList<>();
    for (RouteNode node : root.match(alert)) {
      Route route = route(node, alert);
      if (!routes.contains(route)) {
        routes.add(route);
      }
    }
    return routes;
  }

  /// The route of an alert that a node takes.
  public Route route(RouteNode node, Labels alert) {
    Receiver receiver = receiver(node.terms().receiver());
    return new Route(
        receiver.climbs(),
        receiver.ladder(),
        node.terms().groupBy().of(alert),
        node.key(),
        receiver.name());
  }

  private Receiver receiver(String name) {
    Receiver receiver = receivers.get(name);
    if (receiver == null) {
      throw new IllegalStateException("BUG: a route without the receiver " + name);
    }
    return receiver;
  }

  /// Who is told; of a route that the tree no longer has, those who were to be told then.
  public Receiver receiver(Route route) {
    Receiver known = receivers.get(route.receiver());
    return known != null
        ? known
        : Receiver.ofLadder(
            route.receiver(),
            route.ladder().isEmpty() ? OnCall.DEFAULT : route.ladder(),
            route.page());
  }

  public Ladder ladder(Route route) {
    return receiver(route).ladder(onCall);
  }

  /// On what terms; of a route that the tree no longer has, the root's.
  public RouteNode.Terms terms(Route route) {
    return nodes.getOrDefault(route.node() + "→" + route.receiver(), root).terms();
  }

  public PageTimes times(Route route) {
    return terms(route).times();
  }
}
