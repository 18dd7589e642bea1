package hinomi.logindexer.logql;

import hinomi.model.BadInput;
import java.util.ArrayList;
import java.util.List;

/// Cuts LogQL into tokens. A text that is too long is refused before anything is read.
final class Lexer {
  private static final int MAX_LENGTH = 16 << 10;

  /// Longest first.
  private static final String[] SIGNS = {
    "|=", "|~", "|>", "!=", "!~", "!>", "=~", "==", ">=", "<=", "=", ">", "<", "{", "}", "(", ")",
    "[", "]", ",", "|", "+", "-", "*", "/", "%", "^"
  };

  /// What a token is.
  enum TokenType {
    WORD,
    TEXT,
    /// A number or a duration, as it stands.
    NUMBER,
    SIGN,
    END
  }

  /// @param text a text's content without quotes; else as it stands
  record Token(TokenType type, String text, int offset) {
    boolean is(String sign) {
      return (type == TokenType.SIGN || type == TokenType.WORD) && text.equals(sign);
    }

    String shown() {
      return switch (type) {
        case END -> "end of query";
        case TEXT -> "string";
        case WORD, NUMBER, SIGN -> "\"" + text + "\"";
      };
    }
  }

  private final String query;
  private final List<Token> tokens = new ArrayList<>();
  private int at;

  private Lexer(String query) {
    this.query = query;
  }

  static List<Token> tokens(String query) {
    if (query.length() > MAX_LENGTH) {
      throw new BadInput("a query has at most " + MAX_LENGTH + " characters", MAX_LENGTH);
    }
    Lexer lexer = new Lexer(query);
    lexer.run();
    return lexer.tokens;
  }

  private void run() {
    while (at < query.length()) {
      char c = query.charAt(at);
      if (Character.isWhitespace(c)) {
        at++;
      } else if (c == '#') {
        int end = query.indexOf('\n', at);
        at = end < 0 ? query.length() : end;
      } else if (c == '"' || c == '`') {
        text(c);
      } else if (isDigit(c)
          || (c == '.' && at + 1 < query.length() && isDigit(query.charAt(at + 1)))) {
        word(TokenType.NUMBER, at);
      } else if (Character.isLetter(c) || c == '_') {
        word(TokenType.WORD, at);
      } else {
        sign();
      }
    }
    tokens.add(new Token(TokenType.END, "", query.length()));
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private void word(TokenType type, int from) {
    while (at < query.length()
        && (Character.isLetterOrDigit(query.charAt(at))
            || query.charAt(at) == '_'
            || (type == TokenType.NUMBER && query.charAt(at) == '.'))) {
      at++;
    }
    tokens.add(new Token(type, query.substring(from, at), from));
  }

  private void sign() {
    for (String sign : SIGNS) {
      if (query.startsWith(sign, at)) {
        tokens.add(new Token(TokenType.SIGN, sign, at));
        at += sign.length();
        return;
      }
    }
    throw new SyntaxError(query, at, "unexpected character '" + query.charAt(at) + "'").failure();
  }

  private void text(char quote) {
    int from = at++;
    StringBuilder text = new StringBuilder();
    while (at < query.length() && query.charAt(at) != quote) {
      char c = query.charAt(at);
      if (quote == '"' && c == '\n') {
        break;
      }
      if (quote == '"' && c == '\\') {
        escape(text);
      } else {
        text.append(c);
        at++;
      }
    }
    if (at >= query.length() || query.charAt(at) != quote) {
      throw new SyntaxError(query, from, "literal not terminated").failure();
    }
    at++;
    tokens.add(new Token(TokenType.TEXT, text.toString(), from));
  }

  /// The escapes of Go's interpreted string literals.
  private void escape(StringBuilder text) {
    char c = at + 1 < query.length() ? query.charAt(at + 1) : ' ';
    int digits =
        switch (c) {
          case 'x' -> 2;
          case 'u' -> 4;
          case 'U' -> 8;
          default -> 0;
        };
    if (digits > 0) {
      text.appendCodePoint(codePoint(digits));
      at += 2 + digits;
      return;
    }
    int simple = "abfnrtv\\\"'".indexOf(c);
    if (simple < 0) {
      throw new SyntaxError(query, at, "unknown escape \"\\" + c + "\"").failure();
    }
    text.append("\u0007\b\f\n\r\t\u000b\\\"'".charAt(simple));
    at += 2;
  }

  private int codePoint(int digits) {
    int end = at + 2 + digits;
    try {
      int value = end <= query.length() ? Integer.parseInt(query, at + 2, end, 16) : -1;
      if (Character.isValidCodePoint(value)) {
        return value;
      }
    } catch (NumberFormatException e) {
      throw new SyntaxError(query, at, "bad escape: " + e.getMessage()).failure();
    }
    throw new SyntaxError(query, at, "bad escape").failure();
  }
}
