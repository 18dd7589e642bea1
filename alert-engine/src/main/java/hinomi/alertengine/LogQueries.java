package hinomi.alertengine;

import hinomi.model.Sample;
import java.time.Instant;
import java.util.List;

/// Evaluates a LogQL metric query at an instant. Called on the evaluating thread; fails with a
/// [hinomi.model.Failure].
@FunctionalInterface
public interface LogQueries {
  List<Sample> vector(String query, Instant at);
}
