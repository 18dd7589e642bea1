package hinomi.alertengine;

import java.util.Set;

/// The metric names that an expression selects, so that its group can be evaluated when one of them
/// arrives. Empty means unknown: then the group is evaluated on its slots alone.
@FunctionalInterface
public interface Selectors {
  Set<String> metricNames(String expression);
}
