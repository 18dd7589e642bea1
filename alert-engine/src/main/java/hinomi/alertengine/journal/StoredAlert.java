package hinomi.alertengine.journal;

import hinomi.alertengine.state.Alert;
import hinomi.alertengine.state.Transition;
import java.util.List;

/// An alert with its rule's id.
///
/// @param steps that brought it where it is, for the transition log: none or one
public record StoredAlert(String ruleId, Alert alert, List<Transition> steps) {
  public StoredAlert {
    steps = List.copyOf(steps);
  }

  /// One that took no step worth telling.
  public StoredAlert(String ruleId, Alert alert) {
    this(ruleId, alert, List.of());
  }
}
