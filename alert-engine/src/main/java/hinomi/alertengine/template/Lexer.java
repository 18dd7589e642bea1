package hinomi.alertengine.template;

import hinomi.model.BadInput;
import java.util.ArrayList;
import java.util.List;

/// Cuts a template into [Token]s, trim markers and comments applied. Spaces inside actions are
/// kept, since `f .x` and `f.x` differ.
final class Lexer {
  private final String source;
  private final List<Token> tokens = new ArrayList<>();
  private int at;

  Lexer(String source) {
    this.source = source;
  }

  List<Token> cut() {
    boolean trimLeft = false;
    while (at < source.length()) {
      int open = source.indexOf("{{", at);
      int end = open < 0 ? source.length() : open;
      boolean trimRight = open >= 0 && trimsAfter(open);
      text(trimLeft, end, trimRight);
      trimLeft = false;
      at = end;
      if (open >= 0) {
        at = open + 2 + (trimRight ? 1 : 0);
        trimLeft = source.startsWith("/*", skipSpace(at)) ? comment(open) : action(open);
      }
    }
    tokens.add(new Token(Token.Kind.END, "", source.length()));
    return tokens;
  }

  private boolean trimsAfter(int open) {
    return source.startsWith("-", open + 2)
        && open + 3 < source.length()
        && isSpace(source.charAt(open + 3));
  }

  private void text(boolean trimLeft, int end, boolean trimRight) {
    String text = source.substring(at, end);
    text = trimLeft ? text.stripLeading() : text;
    text = trimRight ? text.stripTrailing() : text;
    if (!text.isEmpty()) {
      tokens.add(new Token(Token.Kind.TEXT, text, at));
    }
  }

  private int skipSpace(int from) {
    int i = from;
    while (i < source.length() && isSpace(source.charAt(i))) {
      i++;
    }
    return i;
  }

  private boolean comment(int open) {
    int end = source.indexOf("*/", at);
    if (end < 0) {
      throw new BadInput("unclosed comment", open);
    }
    at = end + 2;
    boolean trim = atTrimmingClose();
    at += trim ? 2 : 0;
    if (!source.startsWith("}}", at)) {
      throw new BadInput("comment ends before closing delimiter", open);
    }
    at += 2;
    return trim;
  }

  private boolean atTrimmingClose() {
    return at < source.length() && isSpace(source.charAt(at)) && source.startsWith("-}}", at + 1);
  }

  /// Returns whether the text after it is trimmed.
  private boolean action(int open) {
    tokens.add(new Token(Token.Kind.OPEN, "{{", open));
    while (true) {
      boolean trim = atTrimmingClose();
      if (trim || source.startsWith("}}", at)) {
        tokens.add(new Token(Token.Kind.CLOSE, "}}", at));
        at += trim ? 4 : 2;
        return trim;
      }
      if (at >= source.length()) {
        throw new BadInput("unclosed action", open);
      }
      token();
    }
  }

  private void token() {
    int start = at;
    char c = source.charAt(at);
    if (isSpace(c)) {
      at = skipSpace(at);
      // A space before the trimming close belongs to it.
      if (source.startsWith("-}}", at)) {
        at--;
        if (at > start) {
          tokens.add(new Token(Token.Kind.SPACE, " ", start));
        }
        return;
      }
      tokens.add(new Token(Token.Kind.SPACE, " ", start));
    } else if (c == '"' || c == '`' || c == '\'') {
      quoted(c);
    } else if (isDigit(c) || (isSign(c) && at + 1 < source.length() && isNumberStart(at + 1))) {
      number();
    } else if (c == '.' && at + 1 < source.length() && isDigit(source.charAt(at + 1))) {
      number();
    } else if (c == '.' || c == '$' || isLetter(c)) {
      name(c);
    } else if (source.startsWith(":=", at)) {
      at += 2;
      tokens.add(new Token(Token.Kind.SYMBOL, ":=", start));
    } else if ("()|,=".indexOf(c) >= 0) {
      at++;
      tokens.add(new Token(Token.Kind.SYMBOL, String.valueOf(c), start));
    } else {
      throw new BadInput(
          "unrecognized character in action: U+%04X".formatted(source.codePointAt(at)), at);
    }
  }

  private boolean isNumberStart(int i) {
    return isDigit(source.charAt(i)) || source.charAt(i) == '.';
  }

  private void name(char first) {
    int start = at++;
    while (at < source.length() && (isLetter(source.charAt(at)) || isDigit(source.charAt(at)))) {
      at++;
    }
    Token.Kind kind =
        first == '.' ? Token.Kind.FIELD : first == '$' ? Token.Kind.VARIABLE : Token.Kind.WORD;
    tokens.add(new Token(kind, source.substring(start, at), start));
  }

  private void number() {
    int start = at++;
    while (at < source.length()
        && (isLetter(source.charAt(at))
            || isDigit(source.charAt(at))
            || source.charAt(at) == '.'
            || (isSign(source.charAt(at)) && "eEpP".indexOf(source.charAt(at - 1)) >= 0))) {
      at++;
    }
    tokens.add(new Token(Token.Kind.NUMBER, source.substring(start, at), start));
  }

  private void quoted(char quote) {
    int start = at++;
    StringBuilder value = new StringBuilder();
    while (at < source.length() && source.charAt(at) != quote) {
      char c = source.charAt(at++);
      if (c == '\n' && quote != '`') {
        throw new BadInput("unterminated quoted string", start);
      }
      if (c == '\\' && quote != '`' && at < source.length()) {
        value.append(escaped(start));
      } else {
        value.append(c);
      }
    }
    if (at >= source.length()) {
      throw new BadInput("unterminated quoted string", start);
    }
    at++;
    Token.Kind kind = quote == '\'' ? Token.Kind.CHAR : Token.Kind.STRING;
    tokens.add(new Token(kind, value.toString(), start));
  }

  private String escaped(int start) {
    char c = source.charAt(at++);
    return switch (c) {
      case 'n' -> "\n";
      case 't' -> "\t";
      case 'r' -> "\r";
      case '\\', '"', '\'' -> String.valueOf(c);
      case 'x' -> codePoint(2, start);
      case 'u' -> codePoint(4, start);
      case 'U' -> codePoint(8, start);
      default -> throw new BadInput("unknown escape \\" + c, start);
    };
  }

  private String codePoint(int digits, int start) {
    try {
      String hex = source.substring(at, at + digits);
      at += digits;
      return Character.toString(Integer.parseInt(hex, 16));
    } catch (IndexOutOfBoundsException | IllegalArgumentException e) {
      throw new BadInput("bad escape in string", start);
    }
  }

  private static boolean isSpace(char c) {
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private static boolean isSign(char c) {
    return c == '+' || c == '-';
  }

  private static boolean isLetter(char c) {
    return c == '_' || Character.isLetter(c);
  }
}
