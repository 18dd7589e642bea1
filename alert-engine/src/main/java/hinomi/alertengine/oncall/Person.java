package hinomi.alertengine.oncall;

import hinomi.model.Language;
import hinomi.model.Text;

/// Somebody who can be paged.
///
/// @param language of the texts sent to them
/// @param mail address
public record Person(String id, Text name, Language language, String mail) {}
