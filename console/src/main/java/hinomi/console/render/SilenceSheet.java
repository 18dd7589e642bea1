package hinomi.console.render;

import hinomi.console.Reading;
import hinomi.console.Silence;
import hinomi.console.SilencePreview;
import hinomi.console.form.Form;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/// A form for a silence, as far as it is filled in.
///
/// @param typed fields by name
/// @param mistakes the form that could not be taken
/// @param like the silence that it changes, or makes again
/// @param preview what it would hide; empty when nobody has said which alerts
/// @param refused why it could not be made, beyond its fields
/// @param unseen that somebody wanted to make it and had not seen what it hides
/// @param longest how long a silence may last
public record SilenceSheet(
    Map<String, String> typed,
    Optional<Form> mistakes,
    Optional<Silence> like,
    Optional<Reading<SilencePreview>> preview,
    Optional<Reading.Unreadable<?>> refused,
    boolean unseen,
    Duration longest) {}
