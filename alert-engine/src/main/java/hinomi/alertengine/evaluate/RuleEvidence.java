package hinomi.alertengine.evaluate;

import hinomi.alertengine.EvidenceSink;
import hinomi.alertengine.rule.Rule;
import hinomi.alertengine.state.Alert;
import hinomi.model.Condition;
import hinomi.model.Evidence;
import hinomi.model.Labels;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

/// What a rule says about components: DOWN while one of its alerts fires, UP when the expression
/// was false and had data, UNKNOWN otherwise. A rule speaks about the component of its label, and
/// about those that its alerts have named so far.
final class RuleEvidence {
  private static final Duration SHORTEST = Duration.ofSeconds(30);

  private final Rule.Alerting rule;
  private final String source;
  private final EvidenceSink sink;
  private final Set<String> components = new TreeSet<>();
  private Duration validFor = SHORTEST;

  RuleEvidence(Rule.Alerting rule, String group, EvidenceSink sink) {
    this.rule = rule;
    this.source = "rule:" + group + "/" + rule.name();
    this.sink = sink;
    if (!rule.component().isEmpty()) {
      components.add(rule.component());
    }
  }

  void interval(Duration interval) {
    Duration three = interval.multipliedBy(3);
    validFor = three.compareTo(SHORTEST) < 0 ? SHORTEST : three;
  }

  /// What was looked at.
  ///
  /// @param elements labels of the elements that the expression yielded
  /// @param silent labels of those of which nothing can be said
  record Seen(Set<Labels> elements, Set<Labels> silent, BooleanSupplier hasData) {
    private static Set<String> components(Set<Labels> labels) {
      return labels.stream().map(each -> each.get("component")).collect(Collectors.toSet());
    }
  }

  void judged(Map<Labels, Alert> alerts, Seen seen, Instant at) {
    alerts.keySet().forEach(labels -> know(labels));
    seen.silent().forEach(labels -> know(labels));
    Set<String> withElement = Seen.components(seen.elements());
    Set<String> silent = Seen.components(seen.silent());
    Map<String, Alert> firing = firstFiring(alerts.values());
    for (String component : components) {
      Alert first = firing.get(component);
      if (first != null) {
        Instant since = first.activeAt().isAfter(at) ? at : first.activeAt();
        say(component, Condition.DOWN, since, at, detail(first));
      } else if (silent.contains(component)) {
        say(component, Condition.UNKNOWN, at, at, rule.name() + ": no data");
      } else if (withElement.contains(component) || seen.hasData().getAsBoolean()) {
        say(component, Condition.UP, at, at, rule.name() + " does not fire");
      } else {
        say(component, Condition.UNKNOWN, at, at, rule.name() + ": no data");
      }
    }
  }

  /// By component, the alert that fires for longest.
  private static Map<String, Alert> firstFiring(Collection<Alert> alerts) {
    Map<String, Alert> first = new HashMap<>();
    for (Alert alert : alerts) {
      if (alert.phase() == Alert.Phase.FIRING && !alert.held()) {
        first.merge(
            alert.labels().get("component"),
            alert,
            (a, b) -> b.activeAt().isBefore(a.activeAt()) ? b : a);
      }
    }
    return first;
  }

  private void know(Labels labels) {
    if (labels.has("component")) {
      components.add(labels.get("component"));
    }
  }

  void failed(Instant at, String error) {
    for (String component : components) {
      say(component, Condition.UNKNOWN, at, at, rule.name() + ": " + error);
    }
  }

  /// What it knows of restored alerts before its first evaluation.
  void restored(Collection<Alert> alerts) {
    alerts.forEach(alert -> know(alert.labels()));
  }

  private String detail(Alert alert) {
    return alert.annotations().getOrDefault("summary", rule.name());
  }

  private void say(
      String component, Condition condition, Instant since, Instant at, String detail) {
    sink.accept(new Evidence(component, source, condition, since, at, validFor, detail));
  }
}
