package hinomi.alertengine;

import hinomi.model.Admission;
import hinomi.model.Vector;

/// Stores what recording rules compute, and `ALERTS` and `ALERTS_FOR_STATE`.
@FunctionalInterface
public interface SampleSink {
  Admission append(Vector samples);
}
