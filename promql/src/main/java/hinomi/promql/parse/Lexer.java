package hinomi.promql.parse;

import hinomi.model.BadInput;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// Cuts an expression into tokens, one at a time. What is a word depends on the brackets around it:
/// inside braces there are no keywords, inside square brackets only durations. A character that
/// fits nowhere is a [BadInput] at the place where its token began, worded like Prometheus'.
final class Lexer {
  private static final Set<String> KEYWORDS =
      Set.of("offset", "by", "without", "on", "ignoring", "group_left", "group_right", "bool");
  private static final int EOF = -1;

  private final String text;
  private int start;
  private int at;
  private int parens;
  private boolean inBraces;
  private boolean inBrackets;

  Lexer(String text) {
    this.text = text;
  }

  Token next() {
    skipSpaceAndComments();
    start = at;
    if (inBrackets) {
      return insideBrackets();
    }
    return inBraces ? insideBraces() : outside();
  }

  private Token outside() {
    int c = take();
    return switch (c) {
      case EOF -> {
        if (parens != 0) {
          throw wrong("unclosed left parenthesis");
        }
        yield token(Token.Kind.END);
      }
      case '+', '-', '*', '/', '%', '^', '@' -> {
        yield token(Token.Kind.OPERATOR);
      }
      case '=' -> {
        if (peek() == '~') {
          throw wrong("unexpected character after '=': '~'");
        }
        yield skip('=') ? token(Token.Kind.OPERATOR) : token(Token.Kind.PUNCTUATION);
      }
      case '!' -> {
        if (!skip('=')) {
          throw wrong("unexpected character after '!': " + shown(peek()));
        }
        yield token(Token.Kind.OPERATOR);
      }
      case '<', '>' -> {
        skip('=');
        yield token(Token.Kind.OPERATOR);
      }
      case '(' -> {
        parens++;
        yield token(Token.Kind.PUNCTUATION);
      }
      case ')' -> {
        if (--parens < 0) {
          throw wrong("unexpected right parenthesis ')'");
        }
        yield token(Token.Kind.PUNCTUATION);
      }
      case '{' -> {
        inBraces = true;
        yield token(Token.Kind.PUNCTUATION);
      }
      case '[' -> {
        inBrackets = true;
        yield token(Token.Kind.PUNCTUATION);
      }
      case ']' -> throw wrong("unexpected right bracket ']'");
      case ',' -> {
        yield token(Token.Kind.PUNCTUATION);
      }
      case '"', '\'', '`' -> {
        yield string(c);
      }
      default -> {
        yield wordOrNumber(c);
      }
    };
  }

  private Token wordOrNumber(int c) {
    if (isDigit(c) || (c == '.' && isDigit(peek()))) {
      return number();
    }
    if (isAlpha(c) || c == ':') {
      while (isAlpha(peek()) || isDigit(peek()) || peek() == ':') {
        at++;
      }
      return token(kindOfWord(text.substring(start, at)));
    }
    throw wrong("unexpected character: " + shown(c));
  }

  private static Token.Kind kindOfWord(String word) {
    String lower = word.toLowerCase(Locale.ROOT);
    if (lower.equals("inf") || lower.equals("nan")) {
      return Token.Kind.NUMBER;
    }
    if (Operator.of(lower).isPresent()) {
      return Token.Kind.OPERATOR;
    }
    if (Aggregation.of(lower).isPresent()) {
      return Token.Kind.AGGREGATOR;
    }
    if (KEYWORDS.contains(lower)) {
      return Token.Kind.KEYWORD;
    }
    return word.indexOf(':') < 0 ? Token.Kind.IDENTIFIER : Token.Kind.METRIC_IDENTIFIER;
  }

  private Token insideBraces() {
    int c = take();
    return switch (c) {
      case EOF -> throw wrong("unexpected end of input inside braces");
      case ',' -> {
        yield token(Token.Kind.PUNCTUATION);
      }
      case '"', '\'', '`' -> {
        yield string(c);
      }
      case '=' -> {
        skip('~');
        yield token(Token.Kind.OPERATOR);
      }
      case '!' -> {
        if (!skip('~') && !skip('=')) {
          throw wrong("unexpected character after '!' inside braces: " + shown(peek()));
        }
        yield token(Token.Kind.OPERATOR);
      }
      case '{' -> throw wrong("unexpected left brace '{'");
      case '}' -> {
        inBraces = false;
        yield token(Token.Kind.PUNCTUATION);
      }
      default -> {
        if (!isAlpha(c)) {
          throw wrong("unexpected character inside braces: " + shown(c));
        }
        while (isAlpha(peek()) || isDigit(peek())) {
          at++;
        }
        yield token(Token.Kind.IDENTIFIER);
      }
    };
  }

  private Token insideBrackets() {
    int c = take();
    return switch (c) {
      case EOF -> throw wrong("unexpected end of input in duration expression");
      case '+', '-' -> {
        yield token(Token.Kind.OPERATOR);
      }
      case ':' -> {
        yield token(Token.Kind.PUNCTUATION);
      }
      case ']' -> {
        inBrackets = false;
        yield token(Token.Kind.PUNCTUATION);
      }
      default -> {
        if (isDigit(c) || (c == '.' && isDigit(peek()))) {
          yield number();
        }
        throw wrong(
            text.charAt(lastSign(start)) == '['
                ? "unexpected character in duration expression: " + shown(c)
                : "unexpected character: " + shown(c) + ", expected ':'");
      }
    };
  }

  /// Where the last character before a place stands that is no space.
  private int lastSign(int before) {
    int last = before - 1;
    while (Character.isWhitespace(text.charAt(last))) {
      last--;
    }
    return last;
  }

  /// A number or a duration; its first character has been taken.
  private Token number() {
    boolean hex = text.charAt(start) == '0' && (peek() == 'x' || peek() == 'X');
    while (isNumberPart(peek(), hex)) {
      at++;
    }
    String word = text.substring(start, at);
    if (Durations.isDuration(word)) {
      return token(Token.Kind.DURATION);
    }
    Optional<Double> value =
        word.matches(".*(\\._|__|_$|_\\.).*") ? Optional.empty() : Numbers.literal(word);
    if (value.isEmpty()) {
      throw wrong("bad number or duration syntax: " + Quoting.quote(blamed(word)));
    }
    return token(Token.Kind.NUMBER);
  }

  /// Up to the second dot, as Prometheus blames it.
  private static String blamed(String word) {
    int first = word.indexOf('.');
    int second = first < 0 ? -1 : word.indexOf('.', first + 1);
    return second < 0 ? word : word.substring(0, second + 1);
  }

  private boolean isNumberPart(int c, boolean hex) {
    boolean exponentSign = (c == '+' || c == '-') && !hex && "eE".indexOf(text.charAt(at - 1)) >= 0;
    return isDigit(c) || isAlpha(c) || c == '.' || exponentSign;
  }

  private Token string(int quote) {
    while (true) {
      int c = take();
      if (c == quote) {
        return token(Token.Kind.STRING);
      }
      if (c == EOF || (c == '\n' && quote != '`')) {
        throw wrong(quote == '`' ? "unterminated raw string" : "unterminated quoted string");
      }
      if (c >= 0xD800 && c <= 0xDFFF) {
        throw wrong("invalid UTF-8 rune");
      }
      if (c == '\\' && quote != '`') {
        escape(quote);
      }
    }
  }

  private void escape(int quote) {
    int c = take();
    if (c == quote || (c != EOF && "abfnrtv\\".indexOf(c) >= 0)) {
      return;
    }
    int digits = c == 'x' ? 2 : c == 'u' ? 4 : c == 'U' ? 8 : 3;
    int base = 16;
    if (c >= '0' && c <= '7') {
      base = 8;
      at--;
    } else if (digits == 3) {
      throw wrong(
          c == EOF ? "escape sequence not terminated" : "unknown escape sequence " + unicode(c));
    }
    for (int i = 0; i < digits; i++) {
      int digit = take();
      if (digit == EOF) {
        throw wrong("escape sequence not terminated");
      }
      if (Character.digit(digit, base) < 0 || digit > 'f') {
        throw wrong("illegal character " + unicode(digit) + " in escape sequence");
      }
    }
  }

  private void skipSpaceAndComments() {
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c == '#') {
        while (at < text.length() && text.charAt(at) != '\n' && text.charAt(at) != '\r') {
          at++;
        }
      } else if (c == ' ' || c == '\t' || c == '\n' || c == '\r') {
        at++;
      } else {
        return;
      }
    }
  }

  private int take() {
    if (at >= text.length()) {
      return EOF;
    }
    int c = text.codePointAt(at);
    at += Character.charCount(c);
    return c;
  }

  private int peek() {
    return at < text.length() ? text.codePointAt(at) : EOF;
  }

  private boolean skip(char wanted) {
    if (peek() != wanted) {
      return false;
    }
    at++;
    return true;
  }

  private Token token(Token.Kind kind) {
    return new Token(kind, text.substring(start, at), start);
  }

  private BadInput wrong(String message) {
    return new BadInput(message, start);
  }

  private static String shown(int c) {
    return c == EOF ? "'\\ufffd'" : "'" + Character.toString(c) + "'";
  }

  private static String unicode(int c) {
    return String.format("U+%04X '%s'", c, Character.toString(c));
  }

  private static boolean isDigit(int c) {
    return c >= '0' && c <= '9';
  }

  private static boolean isAlpha(int c) {
    return c == '_' || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }
}
