package hinomi.servicelevels.ledger;

import hinomi.model.Condition;
import java.time.Instant;

/// What one source said of one component over one stretch of time: an entry of the ledger, and the
/// evidence behind an interval.
///
/// @param component whom it is about
/// @param source who says so: `probe:ID` or `rule:GROUP/NAME`
/// @param condition what it says
/// @param from the first moment
/// @param measured when the newest measurement behind it was made
/// @param until the first moment at which it is not believed any more
/// @param detail the newest measurement's line for a person
public record Claim(
    String component,
    String source,
    Condition condition,
    Instant from,
    Instant measured,
    Instant until,
    String detail) {

  Claim endingAt(Instant end) {
    Instant last = measured.isAfter(end) ? end : measured;
    return new Claim(component, source, condition, from, last, end, detail);
  }

  /// Whether it says anything within a stretch, the end of which is not part of it.
  public boolean touches(Instant begin, Instant end) {
    return from.isBefore(end) && until.isAfter(begin);
  }
}
