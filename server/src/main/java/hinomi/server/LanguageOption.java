package hinomi.server;

import hinomi.model.Language;
import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/// The option that says in which language a command speaks: that of the environment (`LANG`) where
/// nothing is said, English where it is neither of ours.
final class LanguageOption {
  @Option(
      names = "--lang",
      paramLabel = "ja|en",
      converter = Tag.class,
      description = "default: the language of the environment, or else English")
  private Language language = of(Locale.getDefault());

  Language language() {
    return language;
  }

  static Language of(Locale environment) {
    return environment.getLanguage().equals(Language.JA.tag()) ? Language.JA : Language.EN;
  }

  /// `ja` or `en`.
  static final class Tag implements ITypeConverter<Language> {
    @Override
    public Language convert(String text) {
      for (Language language : Language.values()) {
        if (language.tag().equals(text)) {
          return language;
        }
      }
      throw new TypeConversionException("expected ja or en, got \"" + text + "\"");
    }
  }
}
