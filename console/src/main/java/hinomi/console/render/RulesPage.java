package hinomi.console.render;

import hinomi.console.LiveAlert;
import hinomi.console.RuleGroup;
import hinomi.console.RuleGroup.Rule;
import hinomi.console.RuleGroup.State;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// All rules with how each stands.
public final class RulesPage {
  /// More than a phone shows at once.
  private static final int MOST = 300;

  private final Paper paper;

  RulesPage(Paper paper) {
    this.paper = paper;
  }

  /// Which rules are asked for.
  ///
  /// @param state empty for all
  /// @param text that a name, an expression, a label, a group or a file contains; empty for all
  public record Filter(Optional<State> state, String text) {
    private boolean fits(State stands) {
      return state.map(wanted -> wanted == stands).orElse(true);
    }

    private boolean isMentionedBy(RuleGroup group, Rule rule) {
      return contains(rule.name())
          || contains(rule.expression())
          || contains(group.name())
          || contains(group.file())
          || rule.labels().entrySet().stream()
              .anyMatch(label -> contains(label.getKey() + "=" + label.getValue()));
    }

    private boolean contains(String where) {
      return where.toLowerCase(Locale.ROOT).contains(text.toLowerCase(Locale.ROOT));
    }
  }

  /// A rule as it is shown.
  record Row(Rule rule, String state, String tone) {}

  /// A group with those of its rules that are asked for.
  record Section(RuleGroup group, List<Row> rows) {}

  String print(Visit visit, List<RuleGroup> groups, Filter filter) {
    Phrases p = paper.phrases(visit);
    Map<String, Object> model = paper.sheet(visit, "alerts", p.say("rules.title"));
    Paper.refreshing(model);
    Map<State, Integer> counts = new EnumMap<>(State.class);
    List<Section> sections = sections(groups, filter, counts, visit.now());
    int mentioned = counts.values().stream().mapToInt(Integer::intValue).sum();
    int fitting = sections.stream().mapToInt(section -> section.rows().size()).sum();
    model.put("desk", "rules");
    model.put("sections", cut(sections));
    model.put("rules", groups.stream().mapToInt(group -> group.rules().size()).sum());
    model.put("fitting", fitting);
    model.put("hidden", Math.max(0, fitting - MOST));
    model.put("q", filter.text());
    model.put("state", filter.state().map(BoardPage::word).orElse(""));
    model.put("tabs", tabs(counts, mentioned, filter, visit, p));
    model.put("action", "/rules");
    return paper.print(visit, "rules", model);
  }

  private static List<Section> sections(
      List<RuleGroup> groups, Filter filter, Map<State, Integer> counts, Instant now) {
    List<Section> sections = new ArrayList<>();
    for (RuleGroup group : groups) {
      List<Row> rows = new ArrayList<>();
      for (Rule rule : group.rules()) {
        if (!filter.isMentionedBy(group, rule)) {
          continue;
        }
        State state = group.state(rule, now);
        counts.merge(state, 1, Integer::sum);
        if (filter.fits(state)) {
          rows.add(new Row(rule, BoardPage.word(state), tone(rule, state)));
        }
      }
      if (!rows.isEmpty()) {
        sections.add(new Section(group, rows));
      }
    }
    return sections;
  }

  private static List<Section> cut(List<Section> sections) {
    List<Section> shown = new ArrayList<>();
    int left = MOST;
    for (Section section : sections) {
      List<Row> rows = section.rows().subList(0, Math.min(left, section.rows().size()));
      if (!rows.isEmpty()) {
        shown.add(new Section(section.group(), rows));
      }
      left -= rows.size();
    }
    return shown;
  }

  private static List<Tab> tabs(
      Map<State, Integer> counts, int mentioned, Filter filter, Visit visit, Phrases p) {
    List<Tab> tabs = new ArrayList<>();
    tabs.add(
        new Tab(
            p.say("tab.all"),
            mentioned,
            visit.links().rules("", filter.text()),
            filter.state().isEmpty()));
    for (State state : State.values()) {
      boolean here = filter.state().filter(state::equals).isPresent();
      int count = counts.getOrDefault(state, 0);
      if (count > 0 || here) {
        tabs.add(
            new Tab(
                p.constant("rule", state),
                count,
                visit.links().rules(BoardPage.word(state), filter.text()),
                here));
      }
    }
    return tabs;
  }

  private static String tone(Rule rule, State state) {
    return switch (state) {
      case ERROR -> "down";
      case FIRING ->
          LiveAlert.isPage(rule.labels().getOrDefault("severity", "")) ? "down" : "watch";
      case LATE, PENDING -> "watch";
      case OK -> "up";
      case UNKNOWN -> "";
    };
  }
}
