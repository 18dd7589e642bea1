package hinomi.logindexer.logql;

import hinomi.logindexer.logql.Expr.Aggregator;
import hinomi.logindexer.logql.Expr.Count;
import hinomi.logindexer.logql.Expr.Grouping;
import hinomi.logindexer.logql.Expr.Operator;
import hinomi.logindexer.logql.Lexer.Token;
import hinomi.logindexer.logql.Lexer.TokenType;
import hinomi.model.BadInput;
import java.util.Locale;
import java.util.Optional;

/// Reads LogQL by recursive descent; depth and number of operators are limited, so that no text
/// exhausts the stack. A mistake is a [BadInput] with line and column.
public final class Parser {
  private static final int MAX_DEPTH = 100;
  private static final int MAX_OPERATORS = 100;

  private final Tokens tokens;
  private int depth;
  private int operators;

  private Parser(String query) {
    this.tokens = new Tokens(query);
  }

  public static Expr parse(String query) {
    Parser parser = new Parser(query);
    Expr expr = parser.expression(0);
    if (parser.tokens.peek().type() != TokenType.END) {
      throw parser.tokens.unexpected("expecting the end of the query");
    }
    return expr;
  }

  /// Reads a text that must be a log query.
  public static Expr.Logs parseLogs(String query) {
    if (parse(query) instanceof Expr.Logs logs) {
      return logs;
    }
    throw new BadInput("only a stream selector like {app=\"x\"} is possible here", 0);
  }

  private Expr expression(int weakest) {
    if (++depth > MAX_DEPTH) {
      throw tokens.mistake(tokens.peek().offset(), "nested too deeply");
    }
    Expr left = operand();
    Optional<Operator> operator = operator();
    while (operator.isPresent() && operator.get().strength() > weakest) {
      Token sign = tokens.next();
      if (++operators > MAX_OPERATORS) {
        throw tokens.mistake(sign.offset(), "more than " + MAX_OPERATORS + " operators");
      }
      boolean bool = operator.get().compares() && tokens.accept("bool");
      refuseMatching();
      // ^ alone binds to the right.
      int strength = operator.get().strength() - (operator.get() == Operator.POWER ? 1 : 0);
      Expr right = expression(strength);
      if (left instanceof Expr.Logs || right instanceof Expr.Logs) {
        throw tokens.mistake(sign.offset(), "unexpected operator between log queries");
      }
      left = new Expr.Binary(operator.get(), bool, left, right);
      operator = operator();
    }
    depth--;
    return left;
  }

  private Optional<Operator> operator() {
    Token next = tokens.peek();
    for (Operator each : Operator.values()) {
      if (next.type() == TokenType.SIGN && next.text().equals(each.sign())) {
        return Optional.of(each);
      }
    }
    if (next.is("and") || next.is("or") || next.is("unless")) {
      throw tokens.unsupported(next.offset(), "the operator " + next.text());
    }
    return Optional.empty();
  }

  private void refuseMatching() {
    if (tokens.peekIs("on") || tokens.peekIs("ignoring")) {
      throw tokens.unsupported(tokens.peek().offset(), "matching with on() or ignoring()");
    }
  }

  private Expr operand() {
    Token token = tokens.peek();
    if (token.is("{")) {
      SelectorParser logs = new SelectorParser(tokens);
      logs.selector();
      logs.stages();
      return logs.result();
    }
    if (tokens.accept("(")) {
      Expr inner = expression(0);
      tokens.expect(")");
      return inner;
    }
    if (tokens.accept("-")) {
      return new Expr.Scalar(-tokens.number());
    }
    if (token.type() == TokenType.NUMBER) {
      return new Expr.Scalar(tokens.number());
    }
    if (token.type() == TokenType.WORD) {
      return call(tokens.next());
    }
    throw tokens.unexpected("expecting a selector, a number or a function");
  }

  private Expr call(Token name) {
    String word = name.text();
    for (Count each : Count.values()) {
      if (each.name().toLowerCase(Locale.ROOT).equals(word)) {
        return range(each);
      }
    }
    for (Aggregator each : Aggregator.values()) {
      if (each.name().toLowerCase(Locale.ROOT).equals(word)) {
        return aggregate(each);
      }
    }
    if (word.equals("vector")) {
      tokens.expect("(");
      double sign = tokens.accept("-") ? -1 : 1;
      Expr vector = new Expr.Vector(sign * tokens.number());
      tokens.expect(")");
      return vector;
    }
    throw tokens.unsupported(name.offset(), "the function \"" + word + "\"");
  }

  private Expr range(Count count) {
    tokens.expect("(");
    SelectorParser logs = new SelectorParser(tokens);
    logs.selector();
    logs.stages();
    tokens.expect("[");
    long range = tokens.duration();
    tokens.expect("]");
    long offset = 0;
    if (tokens.accept("offset")) {
      long sign = tokens.accept("-") ? -1 : 1;
      offset = sign * tokens.duration();
    }
    logs.stages(); // filters may stand after the range
    tokens.expect(")");
    return new Expr.Range(count, logs.result(), range, offset);
  }

  private Expr aggregate(Aggregator aggregator) {
    Optional<Grouping> grouping = grouping();
    tokens.expect("(");
    int parameter = 0;
    if (aggregator == Aggregator.TOPK || aggregator == Aggregator.BOTTOMK) {
      int offset = tokens.peek().offset();
      double k = tokens.number();
      if (k < 1 || k > 10_000 || k != Math.rint(k)) {
        throw tokens.mistake(offset, "expecting a whole number of series from 1");
      }
      parameter = (int) k;
      tokens.expect(",");
    }
    int offset = tokens.peek().offset();
    Expr inner = expression(0);
    if (inner instanceof Expr.Logs || inner instanceof Expr.Scalar) {
      throw tokens.mistake(offset, "expecting a metric query");
    }
    tokens.expect(")");
    if (grouping.isEmpty()) {
      grouping = grouping();
    }
    return new Expr.Aggregate(aggregator, parameter, grouping.orElse(Grouping.NONE), inner);
  }

  private Optional<Grouping> grouping() {
    if (tokens.accept("by")) {
      return Optional.of(new Grouping(true, tokens.names()));
    }
    if (tokens.accept("without")) {
      return Optional.of(new Grouping(false, tokens.names()));
    }
    return Optional.empty();
  }
}
