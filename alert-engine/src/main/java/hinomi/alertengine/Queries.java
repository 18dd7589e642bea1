package hinomi.alertengine;

import hinomi.model.Vector;
import java.time.Instant;

/// Evaluates a PromQL expression at an instant. A scalar comes as one sample without labels. Called
/// on the evaluating thread; fails with a [hinomi.model.Failure].
@FunctionalInterface
public interface Queries {
  Vector vector(String expression, Instant at);
}
