package hinomi.console;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// What somebody wants a silence to be.
///
/// @param id of the one that is changed, or made again; empty for a new one
/// @param startsAt when it begins; empty for now, or when it began
/// @param length from its beginning; of one that has begun, from now
public record SilenceDraft(
    String id,
    String matchers,
    Optional<Instant> startsAt,
    Duration length,
    String owner,
    String comment) {}
