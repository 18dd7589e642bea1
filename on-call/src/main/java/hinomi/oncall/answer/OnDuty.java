package hinomi.oncall.answer;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Who is on duty at an instant, and why.
///
/// @param person id, or empty for nobody
/// @param reason at that very instant
/// @param since when this person is, without a break, whatever the reason; empty when for longer
///   than a year
/// @param until when; empty when for longer than a year
/// @param next who then is; empty for nobody, or when that is further than a year away
public record OnDuty(
    Instant at,
    String person,
    Reason reason,
    Optional<Instant> since,
    Optional<Instant> until,
    String next) {
  /// Nobody or one.
  public List<String> people() {
    return person.isEmpty() ? List.of() : List.of(person);
  }
}
