package hinomi.rulelint.route;

import hinomi.alertengine.AlertRouting;
import hinomi.alertengine.mute.InhibitRule;
import hinomi.alertengine.route.RouteNode;
import hinomi.alertengine.rule.Rule;
import hinomi.model.Matcher;
import hinomi.model.Text;
import hinomi.promql.parse.Expr;
import hinomi.rulelint.Finding;
import hinomi.rulelint.check.Severity;
import hinomi.rulelint.read.Entry;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Labels that rules set and nothing asks for: no route, group, inhibition, or expression about
/// alerts. Each is told once, with the number of rules.
public final class UnusedLabels {
  /// Those that the product itself reads.
  private static final Set<String> OURS = Set.of("severity", "component", "ladder", "alertname");

  private final Set<String> used = new HashSet<>(OURS);
  private final boolean all;

  public UnusedLabels(AlertRouting routing) {
    this.all = node(routing.tree().root());
    for (InhibitRule rule : routing.inhibitRules()) {
      matchers(rule.source());
      matchers(rule.target());
      used.addAll(rule.equal());
    }
  }

  /// Whether some route groups by all labels.
  private boolean node(RouteNode node) {
    matchers(node.matchers());
    used.addAll(node.terms().groupBy().labels());
    boolean everything = node.terms().groupBy().all();
    for (RouteNode child : node.children()) {
      everything |= node(child);
    }
    return everything;
  }

  private void matchers(Collection<Matcher> matchers) {
    matchers.forEach(matcher -> used.add(matcher.name()));
  }

  public List<Finding> of(List<Entry> entries) {
    entries.forEach(entry -> entry.expr().ifPresent(this::expression));
    Map<String, List<Entry>> unused = new LinkedHashMap<>();
    for (Entry entry : entries) {
      if (!all && entry.rule() instanceof Rule.Alerting alerting) {
        alerting.labels().keySet().stream()
            .filter(label -> !used.contains(label))
            .forEach(label -> unused.computeIfAbsent(label, _ -> new ArrayList<>()).add(entry));
      }
    }
    return unused.entrySet().stream().map(each -> finding(each.getKey(), each.getValue())).toList();
  }

  /// Rules about alerts ask for their labels.
  private void expression(Expr expr) {
    switch (expr) {
      case Expr.Selector selector when selector.name().startsWith("ALERTS") ->
          matchers(selector.matchers());
      default -> expr.parts().forEach(this::expression);
    }
  }

  private static Finding finding(String label, List<Entry> entries) {
    Entry first = entries.getFirst();
    String ja = entries.size() == 1 ? "" : "（" + entries.size() + "件のルール）";
    String en = entries.size() == 1 ? "" : " (" + entries.size() + " rules)";
    return new Finding(
        "unused-label",
        Severity.NOTE,
        first.rule().name(),
        first.written().atLabel(label, ""),
        new Text(
            "ラベル " + label + ja + " を見る経路も集約も抑止もありません",
            "no route, grouping or inhibition looks at the label " + label + en),
        Text.same(""));
  }
}
