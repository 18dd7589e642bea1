package hinomi.wire;

import hinomi.model.BadInput;
import java.util.Locale;
import java.util.regex.Pattern;

/// The words of an exposition text, read one after the other, never past the end of their line. One
/// thread.
final class ExpositionText {
  private static final Pattern NUMBER =
      Pattern.compile("[+-]?([0-9]+\\.?[0-9]*|\\.[0-9]+)([eE][+-]?[0-9]+)?");

  private final String text;
  private int at;
  private int line;

  private final boolean anyEscape;

  /// @param anyEscape whether a backslash before any other character stands for itself, as in
  ///   OpenMetrics, instead of being a mistake
  ExpositionText(String text, boolean anyEscape) {
    this.text = text;
    this.anyEscape = anyEscape;
  }

  /// Whether anything is left, at the beginning of a line.
  boolean more() {
    return at < text.length();
  }

  void beginLine() {
    line++;
  }

  void skip() {
    at++;
  }

  /// Whether this character comes next on the line.
  boolean next(char c) {
    return !end() && text.charAt(at) == c;
  }

  long seconds(String word) {
    double seconds = number(word, "expected seconds as timestamp");
    if (!(Math.abs(seconds) < 1e15)) {
      throw wrong("expected seconds as timestamp, got \"" + word + "\"");
    }
    return Math.round(seconds * 1000);
  }

  double number(String word, String complaint) {
    String lower = word.toLowerCase(Locale.ROOT);
    switch (lower) {
      case "nan", "+nan", "-nan" -> {
        return Double.NaN;
      }
      case "inf", "+inf", "infinity", "+infinity" -> {
        return Double.POSITIVE_INFINITY;
      }
      case "-inf", "-infinity" -> {
        return Double.NEGATIVE_INFINITY;
      }
      default -> {
        // A plain number, or a mistake.
      }
    }
    double value = NUMBER.matcher(word).matches() ? Double.parseDouble(word) : Double.NaN;
    if (!Double.isFinite(value)) {
      throw wrong(complaint + ", got \"" + word + "\"");
    }
    return value;
  }

  long integer(String word) {
    try {
      return Long.parseLong(word);
    } catch (NumberFormatException e) {
      throw wrong("expected integer as timestamp, got \"" + word + "\"");
    }
  }

  boolean end() {
    return at >= text.length() || text.charAt(at) == '\n';
  }

  boolean blank() {
    return text.charAt(at) == ' ' || text.charAt(at) == '\t';
  }

  void blanks() {
    while (!end() && blank()) {
      at++;
    }
  }

  String word() {
    int start = at;
    while (!end() && !blank()) {
      at++;
    }
    return text.substring(start, at);
  }

  String rest() {
    int start = at;
    while (!end()) {
      at++;
    }
    return text.substring(start, at);
  }

  void lineEnd() {
    if (at >= text.length()) {
      throw wrong("the last line has no line end");
    }
    at++;
  }

  String name(boolean colons) {
    int start = at;
    while (!end()) {
      char c = text.charAt(at);
      boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
      boolean digit = c >= '0' && c <= '9';
      if (!(letter || (digit && at > start) || (colons && c == ':'))) {
        break;
      }
      at++;
    }
    return text.substring(start, at);
  }

  /// A quoted text from its opening to behind its closing quote.
  String quoted() {
    StringBuilder value = new StringBuilder();
    at++;
    while (!end()) {
      char c = text.charAt(at++);
      if (c == '"') {
        return value.toString();
      }
      value.append(c == '\\' && !standsForItself() ? unescaped() : c);
    }
    throw wrong("a quoted text contains an unescaped new-line or has no end");
  }

  private boolean standsForItself() {
    return anyEscape && !end() && "\\\"n".indexOf(text.charAt(at)) < 0;
  }

  private char unescaped() {
    char c = end() ? ' ' : text.charAt(at++);
    return switch (c) {
      case '\\', '"' -> c;
      case 'n' -> '\n';
      default -> throw wrong("invalid escape sequence");
    };
  }

  BadInput wrong(String complaint) {
    return new BadInput("line " + Math.max(1, line) + ": " + complaint, at);
  }
}
