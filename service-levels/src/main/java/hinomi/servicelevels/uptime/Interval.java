package hinomi.servicelevels.uptime;

import hinomi.model.Condition;
import hinomi.servicelevels.ledger.Claim;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// A stretch of one component's condition, with what stands behind it: the row from which anyone
/// can recompute the uptime.
///
/// @param to the first moment after it
/// @param evidence the claims of the component's sources, and of those of the components below it,
///   that say this condition within the stretch; none where nobody said anything
public record Interval(
    String component, Instant from, Instant to, Condition condition, List<Claim> evidence) {
  public Interval {
    evidence = List.copyOf(evidence);
  }

  public Duration length() {
    return Duration.between(from, to);
  }
}
