package hinomi.alertengine.evaluate;

import hinomi.alertengine.rule.Rule;
import hinomi.alertengine.rule.Watch;
import hinomi.alertengine.state.Alert;
import hinomi.alertengine.state.AlertStates.Element;
import hinomi.alertengine.state.AlertStates.Grounds;
import hinomi.alertengine.state.Finding;
import hinomi.alertengine.state.RuleStates;
import hinomi.alertengine.state.Unjudgeable;
import hinomi.model.BadInput;
import hinomi.model.Failure;
import hinomi.model.Labels;
import hinomi.model.Sample;
import hinomi.model.Vector;
import hinomi.settings.Durations;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/// Asks the queries what a rule has to know, and no more: an ordinary rule its expression, and
/// whether there is data when an alert would be resolved. One thread.
final class Inquiry {
  private final Rule.Alerting rule;
  private final int limit;
  private final RuleStates states;
  private final Surroundings with;
  private final Rendering rendering;
  private final Presence presence;

  /// @param limit of elements, 0 for none
  Inquiry(Rule.Alerting rule, int limit, RuleStates states, Surroundings with) {
    this.rule = rule;
    this.limit = limit;
    this.states = states;
    this.with = with;
    this.rendering = new Rendering(rule, with);
    this.presence = new Presence(rule, with, rendering);
  }

  /// What was found.
  ///
  /// @param sight of the rule's data, where it was looked for
  record Found(Finding finding, Sight sight) {}

  Found ask(Map<Labels, Alert> alerts, Moment moment) {
    Sight sight = presence.at(moment);
    Optional<String> outside = rule.watch().when().flatMap(when -> when.outside(moment.at()));
    if (outside.isPresent()) {
      return new Found(new Finding.Outside(outside.get()), sight);
    }
    try {
      return new Found(answered(alerts, sight, moment), sight);
    } catch (Failure e) {
      return new Found(failed(e.reason(), alerts, moment), sight);
    }
  }

  /// A failure without an answer, be it our own mistake.
  Finding failed(String reason, Map<Labels, Alert> alerts, Moment moment) {
    // While it lasts its labels stay, whatever is known of the series by now.
    Element error =
        alerts.values().stream()
            .filter(alert -> alert.phase() != Alert.Phase.RESOLVED)
            .filter(alert -> Unjudgeable.ERROR.is(alert.labels()))
            .findFirst()
            .map(alert -> new Element(alert.labels(), alert.annotations(), alert.value(), true))
            .orElseGet(() ->
                rendering.own(
                    Unjudgeable.ERROR,
                    rule.watch().error(),
                    presence.commonLabels(moment),
                    "cannot be evaluated: " + reason));
    return new Finding.Failed(reason, error);
  }

  private Finding answered(Map<Labels, Alert> alerts, Sight sight, Moment moment) {
    Vector answer = with.ports().answer(rule, moment.queryAt());
    if (limit > 0 && answer.size() > limit) {
      throw new BadInput("exceeded limit of " + limit + " with " + answer.size() + " alerts");
    }
    Map<Labels, Element> elements = rendering.elements(answer, moment);
    withhold(elements, answer.numbers(), alerts, moment);
    Map<Labels, Element> recovering = Map.of();
    boolean blind = false;
    if (!rule.watch().recover().isEmpty() && hasVanished(alerts, elements.keySet())) {
      try {
        Vector still = with.ports().queries().vector(rule.watch().recover(), moment.queryAt());
        recovering = rendering.elements(still, moment);
      } catch (Failure e) {
        blind = true; // what fires may go on to fire, and what is found wrong may begin
        with.telemetry().failed(rule);
      }
    }
    Map<Labels, Element> silent =
        rule.watch().noData().raises()
            ? presence.silent(answer.numbers(), alerts, sight, moment)
            : Map.of();
    return new Finding.Answered(
        elements, recovering, blind ? blind() : grounds(sight, moment), silent);
  }

  private boolean hasVanished(Map<Labels, Alert> alerts, Set<Labels> elements) {
    return alerts.values().stream()
        .filter(alert -> alert.phase() == Alert.Phase.FIRING && states.isBreach(alert.labels()))
        .anyMatch(alert -> !elements.contains(alert.labels()));
  }

  /// Elements with too few samples behind them wait, unless they fire already.
  private void withhold(
      Map<Labels, Element> elements,
      List<Sample> answer,
      Map<Labels, Alert> alerts,
      Moment moment) {
    int atLeast = rule.watch().minSamples();
    Predicate<Labels> fires =
        labels -> {
          Alert alert = alerts.get(labels);
          return alert != null && alert.phase() == Alert.Phase.FIRING;
        };
    if (atLeast == 0 || elements.keySet().stream().allMatch(fires)) {
      return;
    }
    Support support = Support.of(rule, with, moment);
    for (Sample sample : answer) {
      if (!support.suffices(sample.labels(), atLeast)) {
        elements.computeIfPresent(
            rendering.labels(sample, moment), (_, element) -> element.mayFire(false));
      }
    }
  }

  private static Grounds blind() {
    return new Grounds(_ -> false, "whether it has recovered cannot be asked");
  }

  private Grounds grounds(Sight sight, Moment moment) {
    Watch watch = rule.watch();
    Duration hold =
        watch.noData().action() == Watch.Action.OK
            ? watch.noData().holdFor()
            : watch.hold().orElse(with.maxHold());
    String why = "no data for " + Durations.print(hold);
    if (watch.equals(Watch.PLAIN)) {
      return new Grounds(_ -> sight.hasData(), why);
    }
    Map<Labels, Boolean> there = new LinkedHashMap<>();
    boolean[] asked = new boolean[1];
    return new Grounds(
        labels -> {
          if (!asked[0]) {
            asked[0] = true;
            sight.present().forEach(sample -> there.put(rendering.labels(sample, moment), true));
          }
          return sight.tellsSeries() ? there.containsKey(labels) : sight.hasData();
        },
        why);
  }
}
