package hinomi.alertengine;

import hinomi.model.Sample;
import java.time.Instant;
import java.util.List;

/// Evaluates a PromQL expression at an instant. A scalar comes as one sample without labels. Called
/// on the evaluating thread; fails with a [hinomi.model.Failure].
@FunctionalInterface
public interface Queries {
  List<Sample> vector(String expression, Instant at);
}
