package hinomi.console;

import java.time.Duration;
import java.time.Instant;

/// PromQL over a range. A mistake is a [hinomi.model.BadInput] with its offset in the expression.
@FunctionalInterface
public interface RangeQuery {
  Found.Lines over(String expression, Instant from, Instant to, Duration step);
}
