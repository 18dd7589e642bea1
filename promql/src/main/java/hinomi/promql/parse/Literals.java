package hinomi.promql.parse;

/// Finds the ends of numbers, durations and quoted texts, with the same idea of a broken one as
/// Prometheus, so that messages quote the same piece.
final class Literals {
  private static final String DECIMAL = "0123456789";
  private static final String HEXADECIMAL = "0123456789abcdefABCDEF";

  private final Cursor cursor;

  Literals(Cursor cursor) {
    this.cursor = cursor;
  }

  /// A number or a duration that begins here.
  Token number() {
    if (isNumber()) {
      return cursor.token(Token.Kind.NUMBER);
    }
    if (isRestOfDuration()) {
      return cursor.token(Token.Kind.DURATION);
    }
    return cursor.wrong("bad number or duration syntax: " + Quoting.quote(cursor.word()));
  }

  /// Moves over a number, or up to and including what is wrong with it.
  private boolean isNumber() {
    String digits = DECIMAL;
    if (cursor.skip("0") && cursor.skip("xX")) {
      cursor.skip("_");
      digits = HEXADECIMAL;
    }
    boolean hexadecimal = digits.equals(HEXADECIMAL);
    cursor.skip(".");
    boolean dot = false;
    boolean exponent = false;
    while (true) {
      if (cursor.skip(".")) {
        if (dot || cursor.skip("_.") || hexadecimal) {
          return false;
        }
        dot = true;
      } else if (!hexadecimal && cursor.skip("eE")) {
        if (exponent) {
          return false;
        }
        exponent = true;
        cursor.skip("+-");
        if (cursor.skip("._eE") || cursor.peek() == Cursor.EOF) {
          return false;
        }
      } else if (cursor.skip("_")) {
        if (cursor.skip("._eE") || cursor.peek() == Cursor.EOF) {
          return false;
        }
      } else if (!cursor.skip(digits)) {
        return !Cursor.isWordPart(cursor.peek());
      }
    }
  }

  /// The units of a duration whose first number has been taken; years come first, if at all.
  private boolean isRestOfDuration() {
    if (!cursor.skip("smhdwy")) {
      return false;
    }
    cursor.skip("s");
    while (cursor.skip(DECIMAL)) {
      cursor.skipAll(DECIMAL);
      if (!cursor.skip("smhdw")) {
        return false;
      }
      cursor.skip("s");
    }
    if (Cursor.isWordPart(cursor.peek())) {
      cursor.take();
      return false;
    }
    return true;
  }

  /// A text whose opening quote has been taken.
  Token text(int quote) {
    while (true) {
      int c = cursor.take();
      if (c == quote) {
        return cursor.token(Token.Kind.STRING);
      }
      if (c == Cursor.EOF || (c == '\n' && quote != '`')) {
        return cursor.wrong(
            quote == '`' ? "unterminated raw string" : "unterminated quoted string");
      }
      if (Character.isBmpCodePoint(c) && Character.isSurrogate((char) c)) {
        return cursor.wrong("invalid UTF-8 rune");
      }
      if (c == '\\' && quote != '`') {
        String wrong = escape(quote);
        if (!wrong.isEmpty()) {
          return cursor.wrong(wrong);
        }
      }
    }
  }

  /// What is wrong with an escape whose backslash has been taken, or the empty string.
  private String escape(int quote) {
    int c = cursor.take();
    if (c == Cursor.EOF) {
      return "escape sequence not terminated";
    }
    if (c == quote || "abfnrtv\\".indexOf(c) >= 0) {
      return "";
    }
    return switch (c) {
      case 'x' -> digits(0, 2, 16, 0xff);
      case 'u' -> digits(0, 4, 16, Character.MAX_CODE_POINT);
      case 'U' -> digits(0, 8, 16, Character.MAX_CODE_POINT);
      case '0', '1', '2', '3', '4', '5', '6', '7' -> digits(c - '0', 2, 8, 0xff);
      default -> "unknown escape sequence " + unicode(c);
    };
  }

  private String digits(long begun, int count, int base, long largest) {
    long value = begun;
    for (int i = 0; i < count; i++) {
      int c = cursor.take();
      if (c == Cursor.EOF) {
        return "escape sequence not terminated";
      }
      int digit = c < 0x80 ? Character.digit(c, base) : -1;
      if (digit < 0) {
        return "illegal character " + unicode(c) + " in escape sequence";
      }
      value = value * base + digit;
    }
    boolean surrogate = value >= Character.MIN_SURROGATE && value <= Character.MAX_SURROGATE;
    return value > largest || surrogate ? "escape sequence is an invalid Unicode code point" : "";
  }

  private static String unicode(int c) {
    return String.format("U+%04X '%s'", c, Character.toString(c));
  }
}
