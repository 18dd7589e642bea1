package hinomi.statuspage.http;

import hinomi.model.Language;
import hinomi.web.Request;
import java.util.List;
import java.util.Locale;

/// Which language, and which encoding, a reader wants.
final class Preference {
  private static final int MAX_HEADER = 500;

  private Preference() {}

  /// `?lang=` where it names one of ours, then `Accept-Language` (RFC 9110, 12.5.4), then Japanese.
  static Language language(Request request) {
    String asked = request.param("lang").orElse("");
    for (Language language : Language.values()) {
      if (language.tag().equals(asked)) {
        return language;
      }
    }
    String header = request.header("Accept-Language").orElse("");
    if (header.isBlank() || header.length() > MAX_HEADER) {
      return Language.JA;
    }
    try {
      List<Locale> ours = List.of(Locale.JAPANESE, Locale.ENGLISH);
      Locale best = Locale.lookup(Locale.LanguageRange.parse(header), ours);
      // Who reads neither is better served in English.
      return best == null || best.equals(Locale.ENGLISH) ? Language.EN : Language.JA;
    } catch (IllegalArgumentException e) {
      return Language.JA; // not a language range; RFC 9110 lets us ignore it
    }
  }

  /// Whether `Accept-Encoding` names gzip and does not refuse it.
  static boolean gzip(Request request) {
    for (String offer : request.header("Accept-Encoding").orElse("").split(",")) {
      String[] parts = offer.strip().toLowerCase(Locale.ROOT).split("\\s*;\\s*", 2);
      if (parts[0].equals("gzip") || parts[0].equals("*")) {
        return parts.length == 1 || !parts[1].matches("q=0(\\.0{0,3})?");
      }
    }
    return false;
  }
}
