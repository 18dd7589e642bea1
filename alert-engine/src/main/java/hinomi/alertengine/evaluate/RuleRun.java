package hinomi.alertengine.evaluate;

import hinomi.model.Labels;
import java.time.Duration;
import java.util.Set;

/// A rule with what is known between its evaluations. Evaluated by one thread at a time; its view
/// may be read by any.
sealed interface RuleRun permits AlertingRun, PushedRun, RecordingRun {
  void evaluate(Moment moment);

  RuleView view();

  /// How long the last evaluation asked queries. What it then waits for, such as the disk, is not
  /// in it: a page must not make the rule rest.
  default Duration asked() {
    return view().took();
  }

  /// Metrics for whose late samples the rule waits before it takes one to be gone.
  default Set<String> waitsFor() {
    return Set.of();
  }

  /// The series that its last evaluation stored.
  Set<Labels> series();

  /// Goes on from what an earlier run left; not evaluated yet.
  void inherit(Inheritance.Left left);

  /// Takes note that the engine's own code failed.
  void failed(Moment moment, String error);
}
