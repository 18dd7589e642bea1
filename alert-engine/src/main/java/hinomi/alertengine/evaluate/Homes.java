package hinomi.alertengine.evaluate;

import hinomi.alertengine.journal.StoredAlert;
import hinomi.alertengine.rule.AlertRules;
import hinomi.alertengine.rule.Rule;
import hinomi.alertengine.state.Unjudgeable;
import hinomi.model.Labels;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Which rule goes on with an alert that is on record. Rules of one group and name are told apart
/// by their labels, as Prometheus does when it takes up other rule files (rules/group.go,
/// CopyState): their numbers change when one of them goes, or the file is put in another order.
///
/// @param byName rules of a group and name, in their order
record Homes(Map<String, List<Rule.Alerting>> byName) {
  private static final String SEVERITY = "severity";

  static Homes of(AlertRules rules) {
    Map<String, List<Rule.Alerting>> byName = new LinkedHashMap<>();
    rules.groups().stream()
        .flatMap(group -> group.rules().stream())
        .filter(Rule.Alerting.class::isInstance)
        .map(Rule.Alerting.class::cast)
        .forEach(rule -> byName.computeIfAbsent(name(rule.id()), _ -> new ArrayList<>()).add(rule));
    return new Homes(byName);
  }

  /// An id without its number.
  private static String name(String id) {
    return id.substring(0, id.lastIndexOf('#'));
  }

  /// The id of the rule; empty when it is gone.
  Optional<String> of(StoredAlert stored) {
    List<Rule.Alerting> rules = byName.getOrDefault(name(stored.ruleId()), List.of());
    Optional<String> own =
        rules.stream().map(Rule::id).filter(id -> id.equals(stored.ruleId())).findFirst();
    Optional<String> fitting =
        rules.stream()
            .filter(rule -> fits(rule, stored.alert().labels()))
            .map(Rule::id)
            .reduce((first, other) -> other.equals(stored.ruleId()) ? other : first);
    return fitting.or(() -> own);
  }

  /// Whether an alert has the labels that a rule sets. That of an alert of its own which says how
  /// urgent it is may differ.
  private static boolean fits(Rule.Alerting rule, Labels alert) {
    boolean own = alert.has(Unjudgeable.LABEL);
    return rule.labels().entrySet().stream()
        .filter(label -> label.getValue().isPlain())
        .filter(label -> !(own && label.getKey().equals(SEVERITY)))
        .allMatch(label -> alert.get(label.getKey()).equals(label.getValue().source()));
  }
}
