package hinomi.rulelint.route;

import hinomi.alertengine.AlertRouting;
import hinomi.alertengine.route.RouteNode;
import hinomi.model.Matcher;
import hinomi.model.Text;
import hinomi.rulelint.Finding;
import hinomi.rulelint.check.Severity;
import hinomi.rulelint.read.Entry;
import hinomi.settings.Mistakes;
import hinomi.settings.Section;
import hinomi.settings.Yaml;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Judges an `alertmanager.yml`: routes that no alert comes to, receivers and times that nothing
/// names, inhibitions without bounds. One use.
public final class RouteLint {
  private static final Text NO_ADVICE = Text.same("");

  private final List<Entry> entries;
  private final List<Finding> findings = new ArrayList<>();
  private final Set<String> receivers = new HashSet<>();
  private final Set<String> intervals = new HashSet<>();

  private RouteLint(List<Entry> entries) {
    this.entries = entries;
  }

  /// Nothing where there is no file: the ladders' own tree needs no judging.
  public static List<Finding> of(Path file, AlertRouting routing, List<Entry> entries) {
    if (!Files.exists(file)) {
      return List.of();
    }
    Mistakes mistakes = new Mistakes();
    Section root = Yaml.read(file, mistakes);
    RouteLint lint = new RouteLint(entries);
    lint.node(routing.tree().root(), root.section("route"), List.of(), false);
    lint.names(root, "receivers", lint.receivers);
    lint.names(root, "time_intervals", lint.intervals);
    lint.names(root, "mute_time_intervals", lint.intervals);
    root.sections("inhibit_rules").forEach(lint::inhibition);
    return mistakes.isEmpty() ? lint.findings : List.of();
  }

  /// @param above what the routes above ask for
  /// @param told whether one above is unreachable already
  private void node(RouteNode node, Section section, List<Matcher> above, boolean told) {
    receivers.add(node.terms().receiver());
    intervals.addAll(node.terms().muteDuring());
    intervals.addAll(node.terms().activeDuring());
    List<Matcher> asked = new ArrayList<>(above);
    asked.addAll(node.matchers());
    boolean lost = told || contradiction(node, section, asked) || unused(node, section, asked);
    List<Section> children = section.sections("routes");
    for (int i = 0; i < node.children().size(); i++) {
      boolean covered = !lost && covered(node, i, children, asked);
      node(node.children().get(i), children.get(i), asked, lost || covered);
    }
  }

  private boolean contradiction(RouteNode node, Section section, List<Matcher> asked) {
    for (Matcher fixed : asked) {
      for (Matcher other : asked) {
        if (fixed.kind() == Matcher.Kind.EQUAL
            && fixed.name().equals(other.name())
            && !other.matches(fixed.value())) {
          add(
              "unreachable-route",
              Severity.ERROR,
              node,
              section,
              new Text(
                  "「" + fixed + "」と「" + other + "」は両立せず、この経路には何も来ません",
                  "nothing comes here: " + fixed + " and " + other + " exclude each other"));
          return true;
        }
      }
    }
    return false;
  }

  /// Whether an earlier sibling takes all that a route is meant for.
  private boolean covered(
      RouteNode parent, int place, List<Section> sections, List<Matcher> above) {
    RouteNode node = parent.children().get(place);
    List<Matcher> asked = new ArrayList<>(above);
    asked.addAll(node.matchers());
    for (int i = 0; i < place; i++) {
      RouteNode earlier = parent.children().get(i);
      boolean takesAll =
          earlier.matchers().stream()
              .allMatch(wanted -> asked.stream().anyMatch(has -> implies(has, wanted)));
      if (takesAll && !earlier.goesOn()) {
        int line = sections.get(i).line("");
        add(
            "unreachable-route",
            Severity.ERROR,
            node,
            sections.get(place),
            new Text(
                line + "行目の経路が先にすべて引き受けるため、ここには何も来ません（continue: true がない）",
                "nothing comes here: the route of line "
                    + line
                    + " takes it all and does not say continue: true"));
        return true;
      }
    }
    return false;
  }

  private static boolean implies(Matcher has, Matcher wanted) {
    return has.equals(wanted)
        || (has.kind() == Matcher.Kind.EQUAL
            && has.name().equals(wanted.name())
            && wanted.matches(has.value()));
  }

  /// Alerts of others may come here; of our own rules none does.
  private boolean unused(RouteNode node, Section section, List<Matcher> asked) {
    if (asked.isEmpty()
        || entries.isEmpty()
        || entries.stream().anyMatch(entry -> asked.stream().allMatch(entry::mayFit))) {
      return false;
    }
    add(
        "route-without-rules",
        Severity.NOTE,
        node,
        section,
        new Text(
            "この経路に来るルールがありません（他から送られるアラートのためなら問題ありません）",
            "no rule here comes to this route; fine if it is for alerts that others send"));
    return true;
  }

  private void names(Section root, String key, Set<String> used) {
    boolean isReceiver = key.equals("receivers");
    for (Section section : root.sections(key)) {
      String name = section.text("name", "");
      if (!used.contains(name)) {
        findings.add(
            new Finding(
                isReceiver ? "unused-receiver" : "unused-interval",
                Severity.NOTE,
                name,
                section.place("name", ""),
                new Text("「" + name + "」を使う経路がありません", "no route uses \"" + name + "\""),
                NO_ADVICE));
      }
    }
  }

  /// An inhibition that asks for no agreement, by any of many alerts.
  private void inhibition(Section rule) {
    boolean bySeverity =
        rule.texts("source_matchers").stream().noneMatch(text -> text.contains("alertname"))
            && !rule.section("source_match").has("alertname")
            && !rule.section("source_match_re").has("alertname");
    if (rule.texts("equal").isEmpty() && bySeverity) {
      findings.add(
          new Finding(
              "inhibits-too-much",
              Severity.WARNING,
              rule.text("name", "inhibit_rules"),
              rule.place("", ""),
              new Text(
                  "equalがないため、どこか一か所のアラートが、無関係な場所の通知まですべて止めます",
                  "without `equal`, one such alert anywhere keeps all of the targets everywhere"
                      + " from being told"),
              new Text(
                  "equal: [component, …] で関係のあるものに限る",
                  "say with equal: [component, …] what belongs together")));
    }
  }

  private void add(String check, Severity severity, RouteNode node, Section section, Text what) {
    findings.add(
        new Finding(
            check, severity, node.terms().receiver(), section.place("", ""), what, NO_ADVICE));
  }
}
