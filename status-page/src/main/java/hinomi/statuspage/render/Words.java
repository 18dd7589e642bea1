package hinomi.statuspage.render;

import hinomi.model.Language;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Properties;
import java.util.Set;

/// The page's own sentences in one language, from `words_ja.properties` and `words_en.properties`.
/// A key that is missing is our bug and stops the rendering: half a language is never shown.
final class Words {
  private final Language language;
  private final Properties words = new Properties();

  Words(Language language) {
    this.language = language;
    String file = "words_" + language.tag() + ".properties";
    try (InputStream in = Words.class.getResourceAsStream(file)) {
      if (in == null) {
        throw new IllegalStateException("BUG: no " + file);
      }
      words.load(new InputStreamReader(in, StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException("BUG: cannot read " + file, e);
    }
  }

  Language language() {
    return language;
  }

  Set<String> keys() {
    return words.stringPropertyNames();
  }

  /// The sentence with `{0}`, `{1}`… replaced; plain text, not escaped.
  String say(String key, Object... arguments) {
    String sentence = words.getProperty(key);
    if (sentence == null) {
      throw new IllegalStateException("BUG: no words for " + key + " in " + language.tag());
    }
    for (int i = 0; i < arguments.length; i++) {
      sentence = sentence.replace("{" + i + "}", String.valueOf(arguments[i]));
    }
    return sentence;
  }

  /// The key of a constant: `PARTLY_DOWN` under `overall` is `overall.partly-down`.
  static String key(String topic, Enum<?> constant) {
    return topic + "." + word(constant);
  }

  /// A constant as it is written in keys and class names.
  static String word(Enum<?> constant) {
    return constant.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
  }
}
