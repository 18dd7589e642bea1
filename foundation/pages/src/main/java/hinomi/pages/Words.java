package hinomi.pages;

import hinomi.model.Language;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.EnumMap;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// The sentences of a part in one language: `words_ja.properties` and `words_en.properties` in the
/// package of its class, with the units of time that all parts share (`units_ja.properties` here).
/// A key that is missing is our bug and stops the rendering: half a language is never shown.
/// Unchangeable, for any thread.
public final class Words {
  private static final Pattern PLACE = Pattern.compile("\\{[0-9]}");

  private final Language language;
  private final Properties words = new Properties();

  private Words(Class<?> home, Language language) {
    this.language = language;
    load(Words.class, "units");
    load(home, "words");
  }

  private void load(Class<?> home, String name) {
    String file = name + "_" + language.tag() + ".properties";
    try {
      words.load(new StringReader(Resources.text(home, file)));
    } catch (IOException e) {
      throw new UncheckedIOException("BUG: cannot read " + file, e);
    }
  }

  /// The words beside `home`, in one language.
  public static Words of(Class<?> home, Language language) {
    return new Words(home, language);
  }

  /// The words beside `home` in every language. That one of them lacks a key, or a place for an
  /// argument, is our bug.
  public static Map<Language, Words> all(Class<?> home) {
    Map<Language, Words> all = new EnumMap<>(Language.class);
    for (Language language : Language.values()) {
      all.put(language, of(home, language));
    }
    Words measure = of(home, Language.JA);
    all.values().forEach(measure::mustMatch);
    return all;
  }

  private void mustMatch(Words other) {
    Set<String> keys = new TreeSet<>(keys());
    keys.addAll(other.keys());
    for (String key : keys) {
      if (!has(key) || !other.has(key) || !places(key).equals(other.places(key))) {
        throw new IllegalStateException(
            "BUG: " + language.tag() + " and " + other.language.tag() + " differ in " + key);
      }
    }
  }

  private Set<String> places(String key) {
    return PLACE
        .matcher(sentence(key))
        .results()
        .map(MatchResult::group)
        .collect(Collectors.toSet());
  }

  public Language language() {
    return language;
  }

  public Set<String> keys() {
    return words.stringPropertyNames();
  }

  public boolean has(String key) {
    return words.containsKey(key);
  }

  /// The sentence with `{0}`, `{1}`… replaced; plain text, not escaped.
  public String say(String key, Object... arguments) {
    String sentence = sentence(key);
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

  private String sentence(String key) {
    String sentence = words.getProperty(key);
    if (sentence == null) {
      throw new IllegalStateException("BUG: no words for " + key + " in " + language.tag());
    }
    return sentence;
  }
}
