package hinomi.alertengine.route;

import hinomi.alertengine.oncall.OnCall;
import hinomi.model.Matcher;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/// The routing tree where nobody has written one: `severity: page` climbs the ladder that the label
/// `ladder` names, the default one otherwise; all else is a notice to that ladder's first step.
public final class LadderTree {
  private static final Matcher PAGE = Matcher.equal("severity", "page");

  private LadderTree() {}

  static String node(boolean page, String ladder) {
    return "{}/{severity=\"%s\",ladder=\"%s\"}".formatted(page ? "page" : "notice", ladder);
  }

  static String receiver(boolean page, String ladder) {
    return page ? ladder : ladder + " (notice)";
  }

  /// @param page times of what wakes people
  /// @param notice times of all else
  public static Routing of(OnCall onCall, List<String> groupBy, PageTimes page, PageTimes notice) {
    RouteNode.GroupBy by = new RouteNode.GroupBy(false, groupBy);
    List<RouteNode> children = new ArrayList<>();
    Map<String, Receiver> receivers = new LinkedHashMap<>();
    TreeSet<String> named = new TreeSet<>(onCall.ladders().keySet());
    named.remove(OnCall.DEFAULT);
    for (boolean pages : List.of(true, false)) {
      PageTimes times = pages ? page : notice;
      for (String ladder : named) {
        Matcher own = Matcher.equal("ladder", ladder);
        children.add(
            node(pages ? List.of(PAGE, own) : List.of(own), pages, ladder, terms(by, times)));
        receivers.put(receiver(pages, ladder), ofLadder(pages, ladder));
      }
      if (pages) {
        children.add(node(List.of(PAGE), true, OnCall.DEFAULT, terms(by, times)));
      }
      receivers.put(receiver(pages, OnCall.DEFAULT), ofLadder(pages, OnCall.DEFAULT));
    }
    RouteNode rest = node(List.of(), false, OnCall.DEFAULT, terms(by, notice));
    return new Routing(
        new RouteNode(rest.key(), List.of(), false, rest.terms(), children), receivers, onCall);
  }

  private static RouteNode.Terms terms(RouteNode.GroupBy by, PageTimes times) {
    return new RouteNode.Terms("", by, times, List.of(), List.of());
  }

  private static RouteNode node(
      List<Matcher> matchers, boolean page, String ladder, RouteNode.Terms terms) {
    return new RouteNode(
        node(page, ladder),
        matchers,
        false,
        new RouteNode.Terms(
            receiver(page, ladder), terms.groupBy(), terms.times(), List.of(), List.of()),
        List.of());
  }

  private static Receiver ofLadder(boolean page, String ladder) {
    return Receiver.ofLadder(receiver(page, ladder), ladder, page);
  }
}
