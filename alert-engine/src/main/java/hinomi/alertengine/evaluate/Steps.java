package hinomi.alertengine.evaluate;

import hinomi.alertengine.state.Alert;
import hinomi.alertengine.state.AlertStates;
import hinomi.alertengine.state.Change;
import hinomi.alertengine.state.Finding;
import hinomi.alertengine.state.Transition;
import hinomi.model.Labels;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// What one evaluation of a rule adds to the transition log.
///
/// @param before the rule's alerts before it
/// @param finding what the steps follow from
record Steps(String rule, Instant at, Map<Labels, Alert> before, Finding finding) {
  static final String INACTIVE = "inactive";

  /// As the log says it: what is over is what has not begun.
  static String word(Alert.Phase phase) {
    return phase == Alert.Phase.RESOLVED ? INACTIVE : phase.name().toLowerCase(Locale.ROOT);
  }

  List<Transition> of(AlertStates.Step step) {
    if (step.change() == Change.FORGOTTEN) {
      return List.of(); // housekeeping: it has been over for long
    }
    Labels labels = step.alert().labels();
    Alert was = before.get(labels);
    return List.of(
        new Transition(
            at,
            rule,
            labels,
            was == null ? INACTIVE : word(was.phase()),
            step.change() == Change.DROPPED ? INACTIVE : word(step.alert().phase()),
            finding.value(labels),
            reason(step)));
  }

  private static String reason(AlertStates.Step step) {
    String said = step.alert().annotations().getOrDefault(Alert.REASON, "");
    return switch (step.change()) {
      case STARTED, DROPPED, FIRED, WITHDRAWN, RESOLVED, FORGOTTEN ->
          step.change().name().toLowerCase(Locale.ROOT) + (said.isEmpty() ? "" : ": " + said);
      case KEPT ->
          step.alert().held()
              ? said.isEmpty() ? "held for want of data" : "held: " + said
              : step.alert().keepFiringSince().equals(Alert.NEVER) ? "seen again" : "kept";
    };
  }
}
