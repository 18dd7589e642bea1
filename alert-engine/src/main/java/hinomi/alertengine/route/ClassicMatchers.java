package hinomi.alertengine.route;

import com.google.re2j.Pattern;
import hinomi.model.BadInput;
import hinomi.model.Matcher;
import java.util.ArrayList;
import java.util.List;

/// The grammar of Alertmanager before 0.27 (Alertmanager, pkg/labels): a comma outside of quotes
/// parts the matchers; a value may stand without quotes, and in it only `\n`, `\"` and `\\` are
/// escapes.
final class ClassicMatchers {
  private static final Pattern MATCHER =
      Pattern.compile("(?s)^\\s*([a-zA-Z_:][a-zA-Z0-9_:]*)\\s*(=~|=|!=|!~)\\s*(.*?)\\s*$");

  private ClassicMatchers() {}

  static List<Matcher> all(String text) {
    String inner = text.startsWith("{") ? text.substring(1) : text;
    if (inner.endsWith("}")) {
      inner = inner.substring(0, inner.length() - 1);
    }
    List<Matcher> matchers = new ArrayList<>();
    for (String part : parts(inner)) {
      matchers.add(matcher(part));
    }
    return List.copyOf(matchers);
  }

  private static List<String> parts(String text) {
    List<String> parts = new ArrayList<>();
    StringBuilder part = new StringBuilder();
    boolean quoted = false;
    boolean escaped = false;
    for (int i = 0; i < text.length(); i++) {
      char letter = text.charAt(i);
      if (letter == ',' && !quoted) {
        parts.add(part.toString());
        part.setLength(0);
        continue;
      }
      if (letter == '"' && !escaped) {
        quoted = !quoted;
      }
      escaped = letter == '\\' && !escaped;
      part.append(letter);
    }
    if (!part.toString().isBlank()) {
      parts.add(part.toString());
    }
    return parts;
  }

  private static Matcher matcher(String text) {
    com.google.re2j.Matcher found = MATCHER.matcher(text);
    if (!found.matches()) {
      throw new BadInput("bad matcher format: " + text);
    }
    return new Matcher(kind(found.group(2)), found.group(1), value(found.group(3)));
  }

  private static Matcher.Kind kind(String sign) {
    for (Matcher.Kind kind : Matcher.Kind.values()) {
      if (kind.sign().equals(sign)) {
        return kind;
      }
    }
    throw new IllegalStateException("BUG: operator " + sign);
  }

  private static String value(String raw) {
    boolean opened = raw.startsWith("\"");
    StringBuilder value = new StringBuilder();
    boolean escaped = false;
    boolean closed = false;
    for (int i = opened ? 1 : 0; i < raw.length(); i++) {
      char letter = raw.charAt(i);
      if (escaped) {
        escaped = false;
        value.append(
            switch (letter) {
              case 'n' -> "\n";
              case '"', '\\' -> String.valueOf(letter);
              default -> "\\" + letter;
            });
      } else if (letter == '\\' && i < raw.length() - 1) {
        escaped = true;
      } else if (letter == '"') {
        closed = opened && i == raw.length() - 1;
        if (!closed) {
          throw unescaped(raw);
        }
      } else {
        value.append(letter);
      }
    }
    if (opened && !closed) {
      throw unescaped(raw);
    }
    return value.toString();
  }

  private static BadInput unescaped(String raw) {
    return new BadInput("matcher value contains unescaped double quote: " + raw);
  }
}
