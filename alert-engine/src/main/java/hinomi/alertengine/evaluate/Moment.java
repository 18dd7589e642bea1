package hinomi.alertengine.evaluate;

import hinomi.alertengine.rule.RuleGroup;
import java.time.Instant;

/// One evaluation of a group, or of a rule by itself.
///
/// @param at when alerts begin and end
/// @param queryAt the time it looks at, and the time stamp of the samples it yields: `at` less the
///   group's offset
/// @param arrival of the samples that caused it, or its slot
/// @param cause `samples` or `slot`
record Moment(Instant at, Instant queryAt, Arrival arrival, String cause) {
  static Moment of(Instant at, RuleGroup group, Arrival arrival, String cause) {
    return new Moment(at, at.minus(group.queryOffset()), arrival, cause);
  }

  /// When the samples arrived that caused it, or its slot.
  Instant arrivedAt() {
    return arrival.at();
  }
}
