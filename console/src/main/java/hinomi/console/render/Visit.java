package hinomi.console.render;

import hinomi.model.Language;
import java.time.Instant;

/// Who looks, and at what.
///
/// @param language of the page
/// @param links in which a chosen language is kept
/// @param self the page's own address, for the switch of languages
/// @param by the name under which this browser did something last, or empty
/// @param done what was just done: a word such as `acknowledged`, or empty
/// @param now the moment that the page shows
public record Visit(
    Language language, Links links, String self, String by, String done, Instant now) {}
