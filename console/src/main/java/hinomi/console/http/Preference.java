package hinomi.console.http;

import hinomi.model.Language;
import hinomi.web.Request;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Which language a reader wants.
final class Preference {
  private static final int MAX_HEADER = 500;

  private Preference() {}

  /// `?lang=` where it names one of ours.
  static Optional<Language> asked(Request request) {
    String asked = request.param("lang").orElse("");
    for (Language language : Language.values()) {
      if (language.tag().equals(asked)) {
        return Optional.of(language);
      }
    }
    return Optional.empty();
  }

  /// What `Accept-Language` says (RFC 9110, 12.5.4); Japanese where it says nothing.
  static Language accepted(Request request) {
    String header = request.header("Accept-Language").orElse("");
    if (header.isBlank() || header.length() > MAX_HEADER) {
      return Language.JA;
    }
    try {
      Locale best =
          Locale.lookup(
              Locale.LanguageRange.parse(header), List.of(Locale.JAPANESE, Locale.ENGLISH));
      // Who reads neither is better served in English.
      return best == null || best.equals(Locale.ENGLISH) ? Language.EN : Language.JA;
    } catch (IllegalArgumentException e) {
      return Language.JA; // not a language range; RFC 9110 lets us ignore it
    }
  }
}
