package hinomi.promql.parse;

/// A place in an expression that moves on, and the beginning of the token that it is in.
final class Cursor {
  static final int EOF = -1;

  private final String text;
  private int start;
  private int at;

  Cursor(String text) {
    this.text = text;
  }

  /// A token begins here.
  void begin() {
    start = at;
  }

  /// Back to where the token begins.
  void rewind() {
    at = start;
  }

  /// The character here, which is left behind; or [#EOF].
  int take() {
    int c = peek();
    at += c == EOF ? 0 : Character.charCount(c);
    return c;
  }

  int peek() {
    return at < text.length() ? text.codePointAt(at) : EOF;
  }

  /// Takes the next character if it is one of these.
  boolean skip(String wanted) {
    int c = peek();
    if (c == EOF || wanted.indexOf(c) < 0) {
      return false;
    }
    at += Character.charCount(c);
    return true;
  }

  void skipAll(String wanted) {
    while (skip(wanted)) {
      // As many as there are.
    }
  }

  void skipWord() {
    while (isWordPart(peek())) {
      at++;
    }
  }

  /// What the token has so far.
  String word() {
    return text.substring(start, at);
  }

  /// The next character that is no space, which stays.
  int afterSpace() {
    int i = at;
    while (i < text.length() && isSpace(text.charAt(i))) {
      i++;
    }
    return i < text.length() ? text.codePointAt(i) : EOF;
  }

  Token token(Token.Kind kind) {
    return new Token(kind, word(), start);
  }

  Token wrong(String message) {
    return new Token(Token.Kind.ERROR, message, start);
  }

  /// As messages show a character.
  static String shown(int c) {
    return c == EOF ? "'\\ufffd'" : "'" + Character.toString(c) + "'";
  }

  static boolean isSpace(int c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
  }

  static boolean isDigit(int c) {
    return c >= '0' && c <= '9';
  }

  static boolean isLetter(int c) {
    return c == '_' || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }

  static boolean isWordPart(int c) {
    return isLetter(c) || isDigit(c);
  }
}
