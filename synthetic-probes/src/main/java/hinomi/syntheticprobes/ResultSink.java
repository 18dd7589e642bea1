package hinomi.syntheticprobes;

import hinomi.model.ProbeResult;

/// Where results go. Called on the virtual thread of the run; it may block. A
/// [hinomi.model.Failure] is counted as a lost result.
@FunctionalInterface
public interface ResultSink {
  void accept(ProbeResult result);
}
