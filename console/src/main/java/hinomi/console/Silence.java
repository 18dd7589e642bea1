package hinomi.console;

import java.time.Instant;
import java.util.Optional;

/// Alerts that fit are not told from its beginning up to its end.
///
/// @param matchers as they are written: `{alertname="Slow", host=~"a.*"}`
/// @param owner who answers for it
/// @param comment why
/// @param ending a word for why it is over: `in_time`, `by_hand`, `replaced`, `idle`
/// @param endedBy who ended it by hand; empty where nobody did
/// @param matchedAt when something that fired was last under it
/// @param hides how many alerts that fire are under it now
public record Silence(
    String id,
    State state,
    String matchers,
    String owner,
    String comment,
    Instant startsAt,
    Instant endsAt,
    String ending,
    String endedBy,
    Optional<Instant> matchedAt,
    int hides) {
  /// Where it stands.
  public enum State {
    ACTIVE,
    UPCOMING,
    EXPIRED
  }
}
