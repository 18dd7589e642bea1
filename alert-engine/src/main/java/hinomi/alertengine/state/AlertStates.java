package hinomi.alertengine.state;

import hinomi.model.Labels;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/// The state machine of an alerting rule: Prometheus' `AlertingRule.Eval` (rules/alerting.go), and
/// one thing more: an alert is resolved only on evidence. When an element is gone and there is no
/// data at all, its alert goes on firing, for at most `maxHold`.
///
/// @param holdFor the rule's `for`
/// @param keepFiringFor the rule's `keep_firing_for`
/// @param maxHold how long an alert may fire on for want of data
public record AlertStates(Duration holdFor, Duration keepFiringFor, Duration maxHold) {
  /// How long a resolved alert is kept, so that it can be told again after a restart.
  public static final Duration RESOLVED_RETENTION = Duration.ofMinutes(15);

  /// An element of the query's answer with its final labels and texts.
  ///
  /// @param mayFire false while too little is known of it for its alert to fire
  public record Element(
      Labels labels, Map<String, String> annotations, double value, boolean mayFire) {
    public Element mayFire(boolean may) {
      return new Element(labels, annotations, value, may);
    }
  }

  /// On which an alert may be resolved whose element is gone.
  ///
  /// @param judged whether the series of an alert is there, so that it was found right; asked only
  ///   if the alert would be resolved
  /// @param otherwise what is said when an alert is resolved although it was not
  public record Grounds(Predicate<Labels> judged, String otherwise) {
    static final Grounds ALWAYS = new Grounds(_ -> true, "");
  }

  /// An alert that took a step.
  public record Step(Change change, Alert alert) {}

  /// @param after all alerts of the rule, resolved ones included
  public record Outcome(Map<Labels, Alert> after, List<Step> steps) {
    static Outcome empty() {
      return new Outcome(new LinkedHashMap<>(), new ArrayList<>());
    }

    void keep(Alert alert) {
      after.put(alert.labels(), alert);
    }

    void step(Change change, Alert alert) {
      keep(alert);
      steps.add(new Step(change, alert));
    }

    void add(Outcome other) {
      after.putAll(other.after);
      steps.addAll(other.steps);
    }
  }

  /// @param elements by final labels
  public Outcome judge(
      Map<Labels, Alert> before, Map<Labels, Element> elements, Instant at, Grounds grounds) {
    Outcome out = Outcome.empty();
    before.forEach((labels, alert) -> {
      Element element = elements.get(labels);
      if (element == null) {
        vanished(alert, at, grounds, out);
      } else if (alert.phase() != Alert.Phase.RESOLVED) {
        present(element, alert, at, out);
      }
    });
    elements.forEach((labels, element) -> {
      if (!out.after().containsKey(labels)) {
        Alert fresh = Alert.pending(labels, element.annotations(), element.value(), at);
        present(element, fresh, at, out);
        if (fresh.equals(out.after().get(labels))) {
          out.steps().add(new Step(Change.STARTED, fresh));
        }
      }
    });
    return out;
  }

  private void present(Element element, Alert was, Instant at, Outcome out) {
    Alert alert = was.seen(element.annotations(), element.value());
    boolean longEnough = !Duration.between(alert.activeAt(), at).minus(holdFor).isNegative();
    Alert now = alert;
    if (alert.phase() == Alert.Phase.PENDING && longEnough && element.mayFire()) {
      now = alert.firing(at);
      out.steps().add(new Step(Change.FIRED, now));
    } else if (alert.phase() == Alert.Phase.FIRING && !longEnough) {
      now = alert.backToPending();
      out.steps().add(new Step(Change.WITHDRAWN, now));
    } else if (was.held() || !was.keepFiringSince().equals(Alert.NEVER)) {
      out.steps().add(new Step(Change.KEPT, now));
    }
    out.keep(now);
  }

  private void vanished(Alert alert, Instant at, Grounds grounds, Outcome out) {
    switch (alert.phase()) {
      case PENDING -> out.steps().add(new Step(Change.DROPPED, alert));
      case FIRING -> firingVanished(alert, at, grounds, out);
      case RESOLVED -> {
        if (Duration.between(alert.resolvedAt(), at).compareTo(RESOLVED_RETENTION) > 0) {
          out.steps().add(new Step(Change.FORGOTTEN, alert));
        } else {
          out.keep(alert);
        }
      }
    }
  }

  private void firingVanished(Alert alert, Instant at, Grounds grounds, Outcome out) {
    Instant goneSince = alert.keepFiringSince().equals(Alert.NEVER) ? at : alert.keepFiringSince();
    Duration gone = Duration.between(goneSince, at);
    Alert kept = alert.keptSince(goneSince).saying("");
    if (gone.compareTo(keepFiringFor) >= 0) {
      boolean judged = grounds.judged().test(alert.labels());
      if (judged || gone.compareTo(maxHold) >= 0) {
        String why = judged ? "" : grounds.otherwise();
        out.step(Change.RESOLVED, alert.saying(why).resolved(at));
        return;
      }
      kept = kept.heldBack();
    }
    out.keep(kept);
    if (!kept.equals(alert)) {
      out.steps().add(new Step(Change.KEPT, kept));
    }
  }
}
