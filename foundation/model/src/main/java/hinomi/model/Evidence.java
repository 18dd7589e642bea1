package hinomi.model;

import java.time.Duration;
import java.time.Instant;

/// A measurement that speaks about a component: a probe's verdict, or a rule's evaluation.
///
/// @param component id of the component, as in `config/components/`
/// @param source who says so: `probe:ID` or `rule:GROUP/NAME`
/// @param condition what it says
/// @param since from when it is true: not after `at`; earlier when a rule fires after its `for`
/// @param at when it was measured
/// @param validFor how long it may be believed if nothing follows; then the source says nothing and
///   counts as unknown
/// @param detail one line for a person: the alert's summary, the probe's error
public record Evidence(
    String component,
    String source,
    Condition condition,
    Instant since,
    Instant at,
    Duration validFor,
    String detail) {
  public Evidence {
    if (since.isAfter(at)) {
      throw new IllegalStateException(
          "BUG: evidence from the future: since " + since + " at " + at);
    }
  }
}
