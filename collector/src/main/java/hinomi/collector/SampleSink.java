package hinomi.collector;

import hinomi.model.Admission;
import hinomi.model.WriteBatch;

/// Where samples go. Called from many threads at once.
@FunctionalInterface
public interface SampleSink {
  /// Stores what a batch holds; what is accepted is durable when this returns. The same sample
  /// again counts as accepted. Nobody has looked at the labels: what cannot be a series is refused
  /// here. Throws `Unavailable` or `OverLimit` when nothing was stored and the same may be tried
  /// again later.
  ///
  /// @param batch not to be used any more after this has returned, for its bytes are used again
  Admission append(WriteBatch batch);
}
