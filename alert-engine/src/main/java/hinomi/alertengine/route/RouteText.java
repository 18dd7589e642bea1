package hinomi.alertengine.route;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import hinomi.model.Matcher;
import hinomi.settings.Durations;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// A routing tree as a configuration that Alertmanager's tools read (`amtool config routes`). It
/// names receivers but not how they are reached, which may be secret, and times of day by name.
public final class RouteText {
  private final StringBuilder text = new StringBuilder();
  private final Set<String> intervals = new LinkedHashSet<>();

  private RouteText() {}

  public static String of(RouteNode root) {
    RouteText writer = new RouteText();
    writer.text.append("route:\n");
    writer.node(root, "  ", "  ");
    writer.text.append("receivers:\n");
    for (String name : new Destinations(root).receivers()) {
      writer.text.append("- name: ").append(quoted(name)).append('\n');
    }
    if (!writer.intervals.isEmpty()) {
      writer.text.append("time_intervals:\n");
      for (String name : writer.intervals) {
        writer.text.append("- name: ").append(quoted(name)).append("\n  time_intervals: []\n");
      }
    }
    return writer.text.toString();
  }

  /// @param first what stands before the first line: of a list's element, its dash
  private void node(RouteNode node, String first, String indent) {
    RouteNode.Terms terms = node.terms();
    text.append(first).append("receiver: ").append(quoted(terms.receiver())).append('\n');
    RouteNode.GroupBy by = terms.groupBy();
    line(indent, "group_by", list(by.all() ? List.of("...") : by.labels()));
    line(indent, "group_wait", Durations.print(terms.times().groupWait()));
    line(indent, "group_interval", Durations.print(terms.times().interval()));
    line(indent, "repeat_interval", Durations.print(terms.times().repeat()));
    if (!node.matchers().isEmpty()) {
      line(indent, "matchers", list(node.matchers().stream().map(Matcher::toString).toList()));
    }
    if (node.goesOn()) {
      line(indent, "continue", "true");
    }
    names(indent, "mute_time_intervals", terms.muteDuring());
    names(indent, "active_time_intervals", terms.activeDuring());
    if (!node.children().isEmpty()) {
      text.append(indent).append("routes:\n");
      node.children().forEach(child -> node(child, indent + "- ", indent + "  "));
    }
  }

  private void names(String indent, String key, List<String> names) {
    if (!names.isEmpty()) {
      intervals.addAll(names);
      line(indent, key, list(names));
    }
  }

  private void line(String indent, String key, String value) {
    text.append(indent).append(key).append(": ").append(value).append('\n');
  }

  private static String list(List<String> values) {
    return values.stream().map(RouteText::quoted).collect(Collectors.joining(", ", "[", "]"));
  }

  /// A JSON text is a YAML text.
  private static String quoted(String value) {
    return '"' + new String(JsonStringEncoder.getInstance().quoteAsString(value)) + '"';
  }
}
