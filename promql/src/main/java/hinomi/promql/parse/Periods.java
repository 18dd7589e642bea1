package hinomi.promql.parse;

import hinomi.model.BadInput;
import java.util.Optional;

/// The part of the grammar for lengths of time: inside brackets and behind `offset`.
final class Periods {
  private static final double MAX_SECONDS = Long.MAX_VALUE / 1e9;
  private static final int SIGN_BINDING = Operator.POWER.binding();
  private static final String WANTED = "number, duration, step(), or range()";

  private final Parser parser;

  Periods(Parser parser) {
    this.parser = parser;
  }

  /// A range or a step: any arithmetic; a literal must be above zero.
  Period positive(String context, String wanted) {
    int start = parser.token().start();
    Period period = sum(0, context, wanted);
    if (period instanceof Period.Literal literal) {
      if (!(literal.seconds() > 0)) {
        throw new BadInput("duration must be greater than 0", start);
      }
      return Period.ofMillis(Math.max(1, millis(literal)));
    }
    return period;
  }

  /// An offset: arithmetic on it needs parentheses, for behind a bare one the operators mean the
  /// vector.
  Period offset() {
    Token first = parser.token();
    if (!first.isSign()) {
      return first.is("(") ? normal(sum(0, "offset", WANTED)) : normal(operand("offset", WANTED));
    }
    parser.advance();
    boolean minus = first.is("-");
    Token token = parser.token();
    if (token.isNumber()) {
      return normal(signed(first, number(first.start(), "offset")));
    }
    if (token.isSign()) {
      return normal(more(signed(first, sum(SIGN_BINDING, "offset", WANTED)), 0, "offset", WANTED));
    }
    Period inner = operand("offset", WANTED);
    experimental(inner);
    Span span = first.span().to(inner.span());
    return inner instanceof Period.Paren && !minus ? inner : new Period.Signed(minus, inner, span);
  }

  private Period sum(int weakest, String context, String wanted) {
    parser.enter();
    Period left;
    Token sign = parser.token();
    if (sign.isSign()) {
      parser.advance();
      left = signed(sign, sum(SIGN_BINDING, context, wanted));
    } else {
      left = operand(context, wanted);
    }
    left = more(left, weakest, context, wanted);
    parser.leave();
    return left;
  }

  /// The operators that follow. Each link of such a chain counts as a level, for it is one.
  private Period more(Period first, int weakest, String context, String wanted) {
    Period left = first;
    int links = 0;
    Optional<Operator> operator = arithmetic(parser.token());
    while (operator.isPresent() && operator.get().binding() >= weakest) {
      parser.enter();
      links++;
      left = link(left, operator.get(), context, wanted);
      operator = arithmetic(parser.token());
    }
    for (; links > 0; links--) {
      parser.leave();
    }
    return left;
  }

  private Period link(Period left, Operator operator, String context, String wanted) {
    Token sign = parser.advance();
    experimental(left);
    int binding = operator.binding() + (operator.rightAssociative() ? 0 : 1);
    Period right = sum(binding, context, wanted);
    if (right instanceof Period.Literal literal && literal.seconds() == 0) {
      refuseZero(operator, sign);
    }
    return new Period.Arithmetic(operator, left, right);
  }

  private static Optional<Operator> arithmetic(Token token) {
    return token.kind() == Token.Kind.OPERATOR
        ? Operator.of(token.text()).filter(Operator::isOnPeriods)
        : Optional.empty();
  }

  private static void refuseZero(Operator operator, Token sign) {
    if (operator == Operator.DIVIDE) {
      throw new BadInput("division by zero", sign.start());
    }
    if (operator == Operator.MODULO) {
      throw new BadInput("modulo by zero", sign.start());
    }
  }

  private static Period signed(Token sign, Period inner) {
    boolean minus = sign.is("-");
    Span span = sign.span().to(inner.span());
    if (inner instanceof Period.Literal literal) {
      double seconds = minus ? -literal.seconds() : literal.seconds();
      return new Period.Literal(seconds, literal.duration(), span);
    }
    return minus ? new Period.Signed(true, inner, span) : inner;
  }

  private Period operand(String context, String wanted) {
    Token token = parser.token();
    if (token.isNumber()) {
      return number(token.start(), context);
    }
    if (token.is("(")) {
      parser.advance();
      Period inner = sum(0, context, wanted);
      Token close = parser.expect(")", context, wanted);
      experimental(inner);
      return new Period.Paren(inner, token.span().to(close.span()));
    }
    if (token.is("step") || token.is("range")) {
      parser.advance();
      parser.expect("(", context, wanted);
      Span span = token.span().to(parser.expect(")", context, wanted).span());
      return experimental(token.is("step") ? new Period.Step(span) : new Period.Range(span));
    }
    if (token.is("max_of") || token.is("min_of")) {
      return extreme(context, wanted);
    }
    throw token.unexpected(context, wanted);
  }

  private Period extreme(String context, String wanted) {
    Token word = parser.advance();
    parser.expect("(", context, wanted);
    Period left = sum(0, context, wanted);
    parser.expect(",", context, wanted);
    Period right = sum(0, context, wanted);
    Span span = word.span().to(parser.expect(")", context, wanted).span());
    return experimental(new Period.Extreme(word.is("max_of"), left, right, span));
  }

  private Period.Literal number(int start, String context) {
    Expr.NumberLiteral number;
    try {
      number = parser.number();
    } catch (BadInput e) {
      // Prometheus goes on with 0, which only an offset may be.
      String also = context.equals("offset") ? "" : "; duration must be greater than 0";
      throw new BadInput(e.reason() + also, start);
    }
    if (Math.abs(number.value()) > MAX_SECONDS) {
      throw new BadInput("duration out of range", start);
    }
    return new Period.Literal(number.value(), number.duration(), number.span());
  }

  private Period experimental(Period period) {
    parser.experimental("experimental duration expression is not enabled", period.span().start());
    return period;
  }

  /// Literals alone are equal when they are equally long, however they were written.
  private static Period normal(Period period) {
    return period instanceof Period.Literal literal ? Period.ofMillis(millis(literal)) : period;
  }

  private static long millis(Period.Literal literal) {
    return Double.isNaN(literal.seconds()) ? 0 : literal.millis();
  }
}
