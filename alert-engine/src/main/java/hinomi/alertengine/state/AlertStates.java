package hinomi.alertengine.state;

import hinomi.model.Labels;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;

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
  public record Element(Labels labels, Map<String, String> annotations, double value) {}

  /// An alert that took a step.
  public record Step(Change change, Alert alert) {}

  /// @param after all alerts of the rule, resolved ones included
  public record Outcome(Map<Labels, Alert> after, List<Step> steps) {}

  /// @param elements by final labels
  /// @param hasData asked only if an alert would be resolved
  public Outcome judge(
      Map<Labels, Alert> before,
      Map<Labels, Element> elements,
      Instant at,
      BooleanSupplier hasData) {
    Map<Labels, Alert> after = new LinkedHashMap<>();
    List<Step> steps = new ArrayList<>();
    before.forEach((labels, alert) -> {
      Element element = elements.get(labels);
      if (element == null) {
        vanished(alert, at, hasData, new Outcome(after, steps));
      } else if (alert.phase() != Alert.Phase.RESOLVED) {
        present(
            alert.seen(element.annotations(), element.value()),
            alert,
            at,
            new Outcome(after, steps));
      }
    });
    elements.forEach((labels, element) -> {
      if (!after.containsKey(labels)) {
        Alert fresh = Alert.pending(labels, element.annotations(), element.value(), at);
        present(fresh, fresh, at, new Outcome(after, steps));
        if (fresh.equals(after.get(labels))) {
          steps.add(new Step(Change.STARTED, fresh));
        }
      }
    });
    return new Outcome(after, steps);
  }

  private void present(Alert alert, Alert was, Instant at, Outcome out) {
    boolean longEnough = !Duration.between(alert.activeAt(), at).minus(holdFor).isNegative();
    Alert now = alert;
    if (alert.phase() == Alert.Phase.PENDING && longEnough) {
      now = alert.firing(at);
      out.steps().add(new Step(Change.FIRED, now));
    } else if (alert.phase() == Alert.Phase.FIRING && !longEnough) {
      now = alert.backToPending();
      out.steps().add(new Step(Change.WITHDRAWN, now));
    } else if (was.held() || !was.keepFiringSince().equals(Alert.NEVER)) {
      out.steps().add(new Step(Change.KEPT, now));
    }
    out.after().put(now.labels(), now);
  }

  private void vanished(Alert alert, Instant at, BooleanSupplier hasData, Outcome out) {
    switch (alert.phase()) {
      case PENDING -> out.steps().add(new Step(Change.DROPPED, alert));
      case FIRING -> firingVanished(alert, at, hasData, out);
      case RESOLVED -> {
        if (Duration.between(alert.resolvedAt(), at).compareTo(RESOLVED_RETENTION) > 0) {
          out.steps().add(new Step(Change.FORGOTTEN, alert));
        } else {
          out.after().put(alert.labels(), alert);
        }
      }
    }
  }

  private void firingVanished(Alert alert, Instant at, BooleanSupplier hasData, Outcome out) {
    Instant goneSince = alert.keepFiringSince().equals(Alert.NEVER) ? at : alert.keepFiringSince();
    Duration gone = Duration.between(goneSince, at);
    Alert kept = alert.keptSince(goneSince);
    if (gone.compareTo(keepFiringFor) >= 0) {
      if (gone.compareTo(maxHold) >= 0 || hasData.getAsBoolean()) {
        Alert resolved = alert.resolved(at);
        out.after().put(alert.labels(), resolved);
        out.steps().add(new Step(Change.RESOLVED, resolved));
        return;
      }
      kept = kept.heldBack();
    }
    out.after().put(alert.labels(), kept);
    if (!kept.equals(alert)) {
      out.steps().add(new Step(Change.KEPT, kept));
    }
  }
}
