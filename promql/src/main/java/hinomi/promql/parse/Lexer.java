package hinomi.promql.parse;

import java.util.Locale;
import java.util.Set;

/// Cuts an expression into tokens, one at a time. What is a word depends on the brackets around it:
/// inside braces there are no keywords, inside square brackets only durations. What fits nowhere is
/// a token of its own ([Token.Kind#ERROR]), worded like Prometheus' message; nothing follows it.
final class Lexer {
  private static final Set<String> KEYWORDS =
      Set.of(
          "offset",
          "anchored",
          "smoothed",
          "by",
          "without",
          "on",
          "ignoring",
          "group_left",
          "group_right",
          "bool");
  private static final Set<String> FILLS = Set.of("fill", "fill_left", "fill_right");
  private static final Set<String> PERIOD_WORDS = Set.of("step", "range", "max_of", "min_of");

  private final Cursor cursor;
  private final Literals literals;
  private int parens;
  private boolean inBraces;
  private boolean inBrackets;

  /// In brackets until their first number: there the grammar is narrower.
  private boolean beforeNumber;

  private boolean colonSeen;
  private boolean numberSeen;

  Lexer(String text) {
    this.cursor = new Cursor(text);
    this.literals = new Literals(cursor);
  }

  Token next() {
    boolean narrow = inBrackets && beforeNumber;
    skipSpace(!narrow);
    cursor.begin();
    if (narrow) {
      return insideBrackets();
    }
    return inBraces ? insideBraces() : outside();
  }

  private Token outside() {
    int c = cursor.take();
    return switch (c) {
      case Cursor.EOF -> end();
      case '+', '-', '*', '/', '%', '^', '@' -> operator();
      case '<', '>' -> {
        cursor.skip("=/");
        yield operator();
      }
      case '=' -> {
        if (cursor.peek() == '~') {
          yield cursor.wrong("unexpected character after '=': '~'");
        }
        yield cursor.skip("=") ? operator() : punctuation();
      }
      case '!' ->
          cursor.skip("=")
              ? operator()
              : cursor.wrong("unexpected character after '!': " + Cursor.shown(cursor.peek()));
      case '(', ')' -> paren(c);
      case '{' -> {
        inBraces = true;
        yield punctuation();
      }
      case '[', ']' -> bracket(c);
      case ',' -> punctuation();
      case '"', '\'', '`' -> literals.text(c);
      default -> wordOrNumber(c);
    };
  }

  private Token end() {
    if (parens != 0) {
      return cursor.wrong("unclosed left parenthesis");
    }
    return inBrackets ? cursor.wrong("unclosed left bracket") : cursor.token(Token.Kind.END);
  }

  private Token paren(int c) {
    parens += c == '(' ? 1 : -1;
    if (parens < 0) {
      cursor.begin();
      return cursor.wrong("unexpected right parenthesis ')'");
    }
    return punctuation();
  }

  private Token bracket(int c) {
    if (c == '[' == inBrackets) {
      return cursor.wrong(
          c == '[' ? "unexpected left bracket '['" : "unexpected right bracket ']'");
    }
    inBrackets = c == '[';
    beforeNumber = inBrackets;
    colonSeen = false;
    return punctuation();
  }

  private Token wordOrNumber(int c) {
    if (Cursor.isDigit(c) || (c == '.' && Cursor.isDigit(cursor.peek()))) {
      return number();
    }
    boolean word = Cursor.isLetter(c) || c == ':';
    if (word && inBrackets) {
      return c == ':'
          ? colon()
          : periodWord("unexpected character: " + shown(c) + ", expected ':'");
    }
    if (!word) {
      return cursor.wrong("unexpected character: " + shown(c));
    }
    while (Cursor.isWordPart(cursor.peek()) || cursor.peek() == ':') {
      cursor.take();
    }
    return cursor.token(kind(cursor.word()));
  }

  private Token colon() {
    if (colonSeen) {
      return cursor.wrong("unexpected colon ':'");
    }
    colonSeen = true;
    return punctuation();
  }

  private Token.Kind kind(String word) {
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
    // These came late: metrics are called so.
    boolean isFill = FILLS.contains(lower) && cursor.afterSpace() == '(';
    if (KEYWORDS.contains(lower) || isFill) {
      return Token.Kind.KEYWORD;
    }
    if (lower.equals("start") || lower.equals("end") || PERIOD_WORDS.contains(lower)) {
      return Token.Kind.TIME_WORD;
    }
    return word.indexOf(':') < 0 ? Token.Kind.IDENTIFIER : Token.Kind.METRIC_IDENTIFIER;
  }

  private Token insideBraces() {
    int c = cursor.take();
    return switch (c) {
      case Cursor.EOF -> cursor.wrong("unexpected end of input inside braces");
      case ',' -> punctuation();
      case '"', '\'', '`' -> literals.text(c);
      case '=' -> {
        cursor.skip("~");
        yield operator();
      }
      case '!' ->
          cursor.skip("~=")
              ? operator()
              : cursor.wrong(
                  "unexpected character after '!' inside braces: " + Cursor.shown(cursor.peek()));
      case '{' -> cursor.wrong("unexpected left brace '{'");
      case '}' -> {
        inBraces = false;
        yield punctuation();
      }
      default -> {
        if (!Cursor.isLetter(c)) {
          yield cursor.wrong("unexpected character inside braces: " + shown(c));
        }
        cursor.skipWord();
        yield cursor.token(Token.Kind.IDENTIFIER);
      }
    };
  }

  private Token insideBrackets() {
    int c = cursor.take();
    return switch (c) {
      case Cursor.EOF -> cursor.wrong("unexpected end of input in duration expression");
      case '+', '-', '*', '/', '%', '^' -> operator();
      case ',' -> punctuation();
      case '(', ')' -> paren(c);
      case ']' -> bracket(c);
      case ':' -> earlyColon();
      default -> {
        if (Cursor.isDigit(c) || (c == '.' && Cursor.isDigit(cursor.peek()))) {
          yield number();
        }
        yield periodWord("unexpected character in duration expression: " + shown(c));
      }
    };
  }

  private Token earlyColon() {
    if (numberSeen && !colonSeen) {
      colonSeen = true;
      return punctuation();
    }
    cursor.begin();
    return cursor.wrong(
        numberSeen
            ? "unexpected repeated colon in duration expression"
            : "unexpected colon before duration in duration expression");
  }

  /// A word of arithmetic on durations, whose first letter has been taken.
  private Token periodWord(String otherwise) {
    while (Cursor.isLetter(cursor.peek())) {
      cursor.take();
    }
    return PERIOD_WORDS.contains(cursor.word().toLowerCase(Locale.ROOT))
        ? cursor.token(Token.Kind.TIME_WORD)
        : cursor.wrong(otherwise);
  }

  private Token number() {
    beforeNumber = false;
    numberSeen |= inBrackets;
    cursor.rewind();
    return literals.number();
  }

  private void skipSpace(boolean comments) {
    while (Cursor.isSpace(cursor.peek()) || (comments && cursor.peek() == '#')) {
      if (cursor.take() == '#') {
        while (cursor.peek() != '\n' && cursor.peek() != '\r' && cursor.peek() != Cursor.EOF) {
          cursor.take();
        }
      }
    }
  }

  private Token operator() {
    return cursor.token(Token.Kind.OPERATOR);
  }

  private Token punctuation() {
    return cursor.token(Token.Kind.PUNCTUATION);
  }

  private static String shown(int c) {
    return Cursor.shown(c);
  }
}
