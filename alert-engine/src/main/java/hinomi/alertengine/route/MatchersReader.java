package hinomi.alertengine.route;

import hinomi.model.BadInput;
import hinomi.model.Matcher;
import hinomi.settings.Section;
import java.util.ArrayList;
import java.util.List;

/// Reads conditions on labels in the three ways in which Alertmanager's files write them (docs,
/// "Route" and "Inhibition-related settings"): equal values, regular expressions, matchers.
public final class MatchersReader {
  private MatchersReader() {}

  /// @param equal key of a map of names and values
  /// @param regex key of a map of names and regular expressions
  /// @param texts key of a list of matchers
  public static List<Matcher> read(Section from, String equal, String regex, String texts) {
    List<Matcher> matchers = new ArrayList<>();
    from.map(equal).forEach((name, value) -> matchers.add(Matcher.equal(name, value)));
    Section expressions = from.section(regex);
    for (String name : expressions.keys()) {
      if (expressions.optionalText(name).isEmpty()) {
        expressions.mistake(name, "expected a regular expression");
        continue;
      }
      try {
        matchers.add(regex(name, expressions.text(name)));
      } catch (BadInput e) {
        expressions.mistake(name, e.reason());
      }
    }
    matchers.addAll(read(from, texts));
    return List.copyOf(matchers);
  }

  /// A list of matchers, or one text of several.
  public static List<Matcher> read(Section from, String key) {
    List<Matcher> matchers = new ArrayList<>();
    List<String> texts = from.texts(key);
    for (int i = 0; i < texts.size(); i++) {
      try {
        matchers.addAll(MatcherText.parse(texts.get(i)));
      } catch (BadInput e) {
        from.mistake(key, i, e.offset(), e.reason());
      }
    }
    return matchers;
  }

  /// With the anchors that Alertmanager shows in the keys of such routes.
  private static Matcher regex(String name, String value) {
    Matcher _ = new Matcher(Matcher.Kind.REGEX, name, value); // A mistake is told as it is written.
    return new Matcher(Matcher.Kind.REGEX, name, "^(?:" + value + ")$");
  }
}
