package hinomi.model;

import java.util.Locale;

/// The languages in which public texts exist, Japanese first.
public enum Language {
  JA(Locale.JAPANESE),
  EN(Locale.ENGLISH);

  private final Locale locale;

  Language(Locale locale) {
    this.locale = locale;
  }

  public Locale locale() {
    return locale;
  }

  /// `ja` or `en`: the BCP 47 tag, as in `lang` attributes and query parameters.
  public String tag() {
    return locale.getLanguage();
  }
}
