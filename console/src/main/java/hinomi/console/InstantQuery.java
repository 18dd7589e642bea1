package hinomi.console;

import java.time.Instant;

/// PromQL at one time. A mistake is a [hinomi.model.BadInput] with its offset in the expression.
@FunctionalInterface
public interface InstantQuery {
  Found at(String expression, Instant at);
}
