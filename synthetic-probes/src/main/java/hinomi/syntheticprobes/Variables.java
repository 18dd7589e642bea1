package hinomi.syntheticprobes;

import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Fills `${name}` in a text.
record Variables(Map<String, String> values) {
  private static final Pattern PLACE = Pattern.compile("\\$\\{([^}]*)}");

  Variables {
    values = Map.copyOf(values);
  }

  /// @throws IllegalArgumentException for a name that nobody knows
  String fill(String text) {
    Matcher matcher = PLACE.matcher(text);
    StringBuilder filled = new StringBuilder();
    while (matcher.find()) {
      String value = values.get(matcher.group(1));
      if (value == null) {
        throw new IllegalArgumentException(
            "unknown variable ${"
                + matcher.group(1)
                + "}, known are "
                + String.join(", ", new TreeSet<>(values.keySet())));
      }
      matcher.appendReplacement(filled, Matcher.quoteReplacement(value));
    }
    return matcher.appendTail(filled).toString();
  }
}
