package hinomi.syntheticprobes.check;

import com.fasterxml.jackson.core.JsonPointer;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// What an HTTP answer must be like. All of it must hold.
///
/// @param status any of these
/// @param contains all of these are in the body
/// @param matches is found in the body
/// @param matchesNot is not found in the body
/// @param json value at a pointer (RFC 6901), as text
/// @param fasterThan the whole run
/// @param certificateValidFor how long the certificate must still be valid
public record Expected(
    List<StatusRange> status,
    List<String> contains,
    Optional<Pattern> matches,
    Optional<Pattern> matchesNot,
    Map<JsonPointer, String> json,
    Optional<Duration> fasterThan,
    Optional<Duration> certificateValidFor) {
  public Expected {
    status = List.copyOf(status);
    contains = List.copyOf(contains);
    json = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(json));
  }
}
