package hinomi.collector;

import hinomi.model.Admission;
import hinomi.model.Sample;
import java.util.List;

/// Where samples go. Called from many threads at once.
@FunctionalInterface
public interface SampleSink {
  /// Stores samples; what is accepted is durable when this returns. The same sample again counts as
  /// accepted. Throws `Unavailable` or `OverLimit` when nothing was stored and the same may be
  /// tried again later.
  Admission append(List<Sample> samples);
}
