package hinomi.alertengine.state;

import hinomi.alertengine.rule.Watch;
import hinomi.alertengine.rule.Watch.Action;
import hinomi.alertengine.state.AlertStates.Element;
import hinomi.alertengine.state.AlertStates.Grounds;
import hinomi.alertengine.state.AlertStates.Outcome;
import hinomi.model.Labels;
import hinomi.settings.Durations;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;

/// The four states of a rule's series — ok, breach, no data, error — as three machines side by
/// side, each an [AlertStates] with a `for` of its own: the alerts of the expression; those that
/// say that a series is gone; the one that says that the query fails. Which of them an alert
/// belongs to is told by its labels ([Unjudgeable]). Pure.
///
/// @param holdFor the rule's `for`
/// @param keepFiringFor the rule's `keep_firing_for`
/// @param maxHold how long an alert fires on for want of data, if the rule does not say
public record RuleStates(Watch watch, Duration holdFor, Duration keepFiringFor, Duration maxHold) {
  /// @param lag by which data are known to come late: nothing is held to be gone, or right again,
  ///   before it has passed
  public Outcome judge(Map<Labels, Alert> before, Finding finding, Instant at, Duration lag) {
    return switch (finding) {
      case Finding.Answered answered -> answered(before, answered, at, lag);
      case Finding.Failed failed -> failed(before, failed, at);
      case Finding.Outside outside -> outside(before, outside, at);
    };
  }

  /// Whether an alert was raised by the expression.
  public boolean isBreach(Labels labels) {
    return !isOwn(Unjudgeable.NODATA, watch.noData(), labels)
        && !isOwn(Unjudgeable.ERROR, watch.error(), labels);
  }

  private static boolean isOwn(Unjudgeable why, Watch.Unjudged unjudged, Labels labels) {
    return unjudged.raises() && why.is(labels);
  }

  private Map<Labels, Alert> breaches(Map<Labels, Alert> alerts) {
    return only(alerts, this::isBreach);
  }

  private Map<Labels, Alert> silent(Map<Labels, Alert> alerts) {
    return only(alerts, labels -> isOwn(Unjudgeable.NODATA, watch.noData(), labels));
  }

  private Map<Labels, Alert> errors(Map<Labels, Alert> alerts) {
    return only(alerts, labels -> isOwn(Unjudgeable.ERROR, watch.error(), labels));
  }

  private static Map<Labels, Alert> only(Map<Labels, Alert> alerts, Predicate<Labels> which) {
    Map<Labels, Alert> some = new LinkedHashMap<>(alerts);
    some.keySet().removeIf(which.negate());
    return some;
  }

  private Outcome answered(
      Map<Labels, Alert> before, Finding.Answered answered, Instant at, Duration lag) {
    Map<Labels, Alert> breaches = breaches(before);
    Outcome out =
        new AlertStates(holdFor, longer(keepFiringFor, lag), hold())
            .judge(breaches, elements(answered, breaches), at, answered.grounds());
    Map<Labels, Alert> silent = silent(before);
    out.add(
        own(watch.noData())
            .judge(silent, waiting(answered.silent(), silent, at, lag), at, Grounds.ALWAYS));
    out.add(own(watch.error()).judge(errors(before), Map.of(), at, Grounds.ALWAYS));
    return out;
  }

  private static AlertStates own(Watch.Unjudged unjudged) {
    return new AlertStates(unjudged.holdFor(), Duration.ZERO, Duration.ZERO);
  }

  private Duration hold() {
    return watch.noData().action() == Action.OK
        ? watch.noData().holdFor()
        : watch.hold().orElse(maxHold);
  }

  private static Duration longer(Duration a, Duration b) {
    return a.compareTo(b) < 0 ? b : a;
  }

  /// Series that recover are as good as wrong for alerts that fire, and nothing to the others.
  private static Map<Labels, Element> elements(
      Finding.Answered answered, Map<Labels, Alert> breaches) {
    if (answered.recovering().isEmpty()) {
      return answered.elements();
    }
    Map<Labels, Element> elements = new LinkedHashMap<>(answered.elements());
    answered
        .recovering()
        .forEach((labels, element) -> {
          Alert alert = breaches.get(labels);
          if (alert != null && alert.phase() == Alert.Phase.FIRING) {
            elements.putIfAbsent(labels, element);
          }
        });
    return elements;
  }

  /// What is late is not gone: an alert waits for the lag beside its `for`.
  private Map<Labels, Element> waiting(
      Map<Labels, Element> silent, Map<Labels, Alert> known, Instant at, Duration lag) {
    Duration wait = watch.noData().holdFor().plus(lag);
    Map<Labels, Element> waiting = new LinkedHashMap<>();
    silent.forEach((labels, element) -> {
      Alert alert = known.get(labels);
      Instant since =
          alert == null || alert.phase() == Alert.Phase.RESOLVED ? at : alert.activeAt();
      waiting.put(labels, element.mayFire(Duration.between(since, at).compareTo(wait) >= 0));
    });
    return waiting;
  }

  private Outcome failed(Map<Labels, Alert> before, Finding.Failed failed, Instant at) {
    Outcome out = Outcome.empty();
    silent(before).values().forEach(out::keep);
    Map<Labels, Alert> breaches = breaches(before);
    if (watch.error().action() == Action.OK) {
      Map<Labels, Alert> firing = new LinkedHashMap<>(breaches);
      firing.values().removeIf(alert -> alert.phase() != Alert.Phase.FIRING);
      breaches.keySet().removeAll(firing.keySet());
      String why =
          "the query has failed for "
              + Durations.print(watch.error().holdFor())
              + ", which counts as ok";
      out.add(
          new AlertStates(holdFor, keepFiringFor, watch.error().holdFor())
              .judge(firing, Map.of(), at, new Grounds(_ -> false, why)));
    }
    breaches.values().forEach(out::keep);
    if (watch.error().raises()) {
      Map<Labels, Element> error = Map.of(failed.error().labels(), failed.error());
      out.add(own(watch.error()).judge(errors(before), error, at, Grounds.ALWAYS));
    }
    return out;
  }

  private Outcome outside(Map<Labels, Alert> before, Finding.Outside outside, Instant at) {
    Outcome out = Outcome.empty();
    boolean hold = watch.when().filter(when -> when.outside() == Watch.Outside.HOLD).isPresent();
    for (Alert alert : before.values()) {
      switch (alert.phase()) {
        case PENDING -> out.steps().add(new AlertStates.Step(Change.DROPPED, alert));
        case RESOLVED -> out.keep(alert);
        case FIRING -> {
          Alert said = alert.saying(outside.reason());
          if (!hold) {
            out.step(Change.RESOLVED, said.resolved(at));
          } else if (said.heldBack().equals(alert)) {
            out.keep(alert);
          } else {
            out.step(Change.KEPT, said.heldBack());
          }
        }
      }
    }
    return out;
  }
}
