package hinomi.console.render;

import hinomi.model.Language;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Properties;
import java.util.Set;

/// The console's own sentences in one language, from `words_ja.properties` and
/// `words_en.properties`. A key that is missing is our bug and stops the rendering.
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

  boolean has(String key) {
    return words.containsKey(key);
  }

  /// The sentence with `{0}`, `{1}`… replaced; plain text, not escaped.
  String say(String key, Object... arguments) {
    String sentence = words.getProperty(key);
    if (sentence == null) {
      throw new IllegalStateException("BUG: no words for " + key + " in " + language.tag());
    }
    // One pass: an argument that contains {1} is shown as it is.
    StringBuilder said = new StringBuilder();
    for (int i = 0; i < sentence.length(); i++) {
      boolean place =
          i + 2 < sentence.length()
              && sentence.charAt(i) == '{'
              && sentence.charAt(i + 2) == '}'
              && Character.isDigit(sentence.charAt(i + 1));
      int number = place ? sentence.charAt(i + 1) - '0' : -1;
      if (place && number < arguments.length) {
        said.append(arguments[number]);
        i += 2;
      } else {
        said.append(sentence.charAt(i));
      }
    }
    return said.toString();
  }
}
