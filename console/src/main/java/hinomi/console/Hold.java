package hinomi.console;

import hinomi.model.Labels;
import java.time.Instant;
import java.util.Optional;

/// What keeps an alert from being told.
///
/// @param why a word: `silenced`, `inhibited`, `caused_by`, `mute_time`, `inactive_time`,
///   `maintenance`
/// @param by what does: id of the silence, name of the time interval or of the planned work
/// @param source the alert that does, where one does
/// @param owner who answers for it, where a person does
/// @param comment why, in that person's words
/// @param until when the clock ends it
public record Hold(
    String why,
    String by,
    Optional<Labels> source,
    String owner,
    String comment,
    Optional<Instant> until) {}
