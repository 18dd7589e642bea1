package hinomi.alertengine.explain;

import hinomi.alertengine.mute.Hours;
import hinomi.alertengine.oncall.OnCall;
import hinomi.alertengine.route.Route;
import hinomi.alertengine.route.RouteNode;
import hinomi.alertengine.route.Routing;
import hinomi.model.Labels;
import hinomi.model.Matcher;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// Walks the tree as [RouteNode#match] does, and notes at every node that is asked what it says.
/// One use.
final class RouteWalk {
  private final Routing routing;
  private final Hours hours;
  private final Labels alert;
  private final Instant at;
  private final List<Explanation.Considered> found = new ArrayList<>();

  RouteWalk(Routing routing, Hours hours, Labels alert, Instant at) {
    this.routing = routing;
    this.hours = hours;
    this.alert = alert;
    this.at = at;
  }

  List<Explanation.Considered> run() {
    boolean _ = walk(routing.root());
    return found;
  }

  /// @return whether it, or a route below it, takes the alert
  private boolean walk(RouteNode node) {
    Optional<Matcher> misfit =
        node.matchers().stream().filter(matcher -> !matcher.matches(alert)).findFirst();
    if (misfit.isPresent()) {
      found.add(not(node, Explanation.Why.NO_MATCH, misfit.get().toString()));
      return false;
    }
    int mine = found.size();
    boolean below = false;
    boolean taken = false;
    for (RouteNode child : node.children()) {
      if (taken) {
        found.add(not(child, Explanation.Why.TAKEN, text(child)));
      } else if (walk(child)) {
        below = true;
        taken = !child.goesOn();
      }
    }
    found.add(mine, below ? not(node, Explanation.Why.BELOW, text(node)) : takes(node));
    return true;
  }

  private static String text(RouteNode node) {
    return node.matchers().stream().map(Matcher::toString).collect(Collectors.joining(", "));
  }

  private static Explanation.Considered not(RouteNode node, Explanation.Why why, String matchers) {
    return new Explanation.Considered(
        node.key(), false, why, matchers, "", List.of(), Optional.empty());
  }

  private Explanation.Considered takes(RouteNode node) {
    Route route = routing.route(node, alert);
    OnCall onCall = routing.onCall();
    return new Explanation.Considered(
        node.key(),
        true,
        node.matchers().isEmpty() ? Explanation.Why.REST : Explanation.Why.FITS,
        text(node),
        route.receiver(),
        routing.ladder(route).step(0).targets().stream().map(onCall::nameOf).toList(),
        hours.judge(node.terms().muteDuring(), node.terms().activeDuring(), at));
  }
}
