package hinomi.alertengine.evaluate;

import hinomi.alertengine.escalate.Changes;

/// Takes what an evaluation changed: live, state and pages are written in one transaction. An
/// [hinomi.model.Unavailable] means that nothing was taken and the evaluation has to come again.
@FunctionalInterface
public interface ChangeSink {
  void commit(Changes changes);
}
