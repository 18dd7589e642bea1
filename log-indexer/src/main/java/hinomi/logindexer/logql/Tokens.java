package hinomi.logindexer.logql;

import hinomi.logindexer.logql.Lexer.Token;
import hinomi.logindexer.logql.Lexer.TokenType;
import hinomi.model.BadInput;
import hinomi.settings.Durations;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/// The tokens of a query while they are being read. One thread.
final class Tokens {
  private static final Duration MAX_DURATION = Duration.ofDays(3660);

  private final String query;
  private final List<Token> tokens;
  private int at;

  Tokens(String query) {
    this.query = query;
    this.tokens = Lexer.tokens(query);
  }

  Token peek() {
    return tokens.get(at);
  }

  boolean peekIs(String sign) {
    return peek().is(sign);
  }

  Token next() {
    Token token = peek();
    if (token.type() != TokenType.END) {
      at++;
    }
    return token;
  }

  /// Steps over a sign if it is next.
  boolean accept(String sign) {
    boolean there = peekIs(sign);
    if (there) {
      at++;
    }
    return there;
  }

  void expect(String sign) {
    if (!accept(sign)) {
      throw unexpected("expecting \"" + sign + "\"");
    }
  }

  String word() {
    if (peek().type() != TokenType.WORD) {
      throw unexpected("expecting a name");
    }
    return next().text();
  }

  String text() {
    if (peek().type() != TokenType.TEXT) {
      throw unexpected("expecting a string");
    }
    return next().text();
  }

  double number() {
    Token token = peek();
    try {
      if (token.type() == TokenType.NUMBER) {
        double value = Double.parseDouble(token.text());
        at++;
        return value;
      }
    } catch (NumberFormatException e) {
      throw new SyntaxError(query, token.offset(), "bad number: " + e.getMessage()).failure();
    }
    throw unexpected("expecting a number");
  }

  /// Nanoseconds.
  long duration() {
    Token token = peek();
    Duration duration = Durations.parse(token.text()).orElse(Duration.ZERO);
    if (token.type() != TokenType.NUMBER || duration.isZero()) {
      throw unexpected("expecting a duration like 5m");
    }
    if (duration.compareTo(MAX_DURATION) > 0) {
      throw unexpected("a duration is at most ten years");
    }
    at++;
    return duration.toNanos();
  }

  /// `( a, b )`; may be empty.
  List<String> names() {
    List<String> names = new ArrayList<>();
    expect("(");
    while (!accept(")")) {
      if (!names.isEmpty()) {
        expect(",");
      }
      names.add(word());
    }
    return names;
  }

  /// Gives a mistake in a value the place where the value stands.
  <T> T placed(int offset, Supplier<T> value) {
    try {
      return value.get();
    } catch (BadInput e) {
      throw new SyntaxError(query, offset, e.reason()).failure();
    }
  }

  BadInput unexpected(String hint) {
    return new SyntaxError(query, peek().offset(), "unexpected " + peek().shown() + ", " + hint)
        .failure();
  }

  BadInput unsupported(int offset, String what) {
    return new SyntaxError(query, offset, what).unsupported();
  }

  BadInput mistake(int offset, String what) {
    return new SyntaxError(query, offset, what).failure();
  }
}
