package hinomi.alertengine;

import java.time.Instant;

/// Tells "the condition is false" from "there is nothing to judge": whether every selector of the
/// expression finds a series at that time. An expression without selectors has data.
@FunctionalInterface
public interface DataPresence {
  boolean hasData(String expression, Instant at);
}
