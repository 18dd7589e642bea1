package hinomi.alertengine.route;

import hinomi.model.Matcher;
import hinomi.settings.DidYouMean;
import hinomi.settings.Section;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// Reads a routing tree (Alertmanager, docs/configuration, "Route"), the older `match` and
/// `match_re` included.
public final class RouteReader {
  private final Set<String> receivers;
  private final Set<String> intervals;
  private final Notes notes;

  /// Takes what is read but has no effect here.
  @FunctionalInterface
  public interface Notes {
    void note(Section section, String key, String why);
  }

  /// @param receivers names that a route may tell
  /// @param intervals names of time intervals that a route may name
  public RouteReader(Set<String> receivers, Set<String> intervals, Notes notes) {
    this.receivers = receivers;
    this.intervals = intervals;
    this.notes = notes;
  }

  /// @param defaults what the root has where it says nothing
  public RouteNode root(Section route, RouteNode.Terms defaults) {
    for (String key : List.of("matchers", "match", "match_re")) {
      if (route.has(key)) {
        route.mistake(key, "the root takes every alert; conditions belong into its routes");
      }
    }
    for (String key : List.of("mute_time_intervals", "active_time_intervals")) {
      if (route.has(key)) {
        route.mistake(key, "the root is always active; times belong into its routes");
      }
    }
    if (route.flag("continue", false)) {
      route.mistake("continue", "nothing comes after the root");
    }
    if (!route.has("receiver")) {
      route.mistake("receiver", "is missing: the root names who is told when no other route fits");
    }
    return node(route, "", defaults);
  }

  private RouteNode node(Section route, String above, RouteNode.Terms from) {
    List<Matcher> matchers = MatchersReader.read(route, "match", "match_re", "matchers");
    String key =
        above
            + matchers.stream()
                .map(Matcher::toString)
                .sorted()
                .collect(Collectors.joining(",", "{", "}"));
    RouteNode.Terms terms = terms(route, from);
    if (route.has("labels")) {
      route.pass("labels");
      notes.note(route, "labels", "they are for templates, and messages have our own words");
    }
    List<RouteNode> children = new ArrayList<>();
    for (Section child : route.sections("routes")) {
      children.add(node(child, key + "/", terms));
    }
    return new RouteNode(key, matchers, route.flag("continue", false), terms, children);
  }

  private RouteNode.Terms terms(Section route, RouteNode.Terms from) {
    PageTimes times = from.times();
    Duration interval = positive(route, "group_interval", times.interval());
    return new RouteNode.Terms(
        known(route, "receiver", route.text("receiver", from.receiver()), receivers),
        groupBy(route, from.groupBy()),
        new PageTimes(
            route.duration("group_wait", times.groupWait()),
            interval,
            route.has("group_interval") ? interval : times.partInterval(),
            positive(route, "repeat_interval", times.repeat())),
        named(route, "mute_time_intervals"),
        named(route, "active_time_intervals"));
  }

  private static RouteNode.GroupBy groupBy(Section route, RouteNode.GroupBy from) {
    if (!route.has("group_by")) {
      return from;
    }
    List<String> labels = route.texts("group_by");
    if (labels.contains("...")) {
      if (labels.size() > 1) {
        route.mistake("group_by", "'...' means all labels and stands alone");
      }
      return new RouteNode.GroupBy(true, List.of());
    }
    Set<String> seen = new HashSet<>();
    for (String label : labels) {
      if (label.isEmpty()) {
        route.mistake("group_by", "a label has no name");
      } else if (!seen.add(label)) {
        route.mistake("group_by", "the label \"" + label + "\" is given twice");
      }
    }
    return new RouteNode.GroupBy(false, List.copyOf(labels));
  }

  private static Duration positive(Section route, String key, Duration otherwise) {
    Duration value = route.duration(key, otherwise);
    if (value.isZero()) {
      route.mistake(key, "expected a duration above zero");
    }
    return value;
  }

  private List<String> named(Section route, String key) {
    List<String> names = route.texts(key);
    names.forEach(name -> known(route, key, name, intervals));
    return names;
  }

  private static String known(Section route, String key, String name, Set<String> known) {
    if (!known.contains(name) && route.has(key)) {
      String what = key.equals("receiver") ? "receiver" : "time interval";
      route.mistake(
          key, "no " + what + " is called \"" + name + "\"" + DidYouMean.hint(name, known));
    }
    return name;
  }
}
