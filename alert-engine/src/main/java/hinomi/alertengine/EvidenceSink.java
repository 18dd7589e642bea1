package hinomi.alertengine;

import hinomi.model.Evidence;

/// Takes what rules with a `component` label say about that component, at each evaluation.
@FunctionalInterface
public interface EvidenceSink {
  void accept(Evidence evidence);
}
