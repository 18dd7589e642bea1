package hinomi.promql.parse;

import hinomi.model.BadInput;

/// The part of the grammar that follows an operand: `[5m]`, `[1h:5m]`, `offset 5m`, `@ 1609746000`.
final class Modifiers {
  private static final double MAX_SECONDS = 9.2e9;

  private final Parser parser;

  Modifiers(Parser parser) {
    this.parser = parser;
  }

  Expr after(Expr operand) {
    Expr expr = operand;
    while (true) {
      if (parser.token().is("[")) {
        expr = brackets(expr);
      } else if (parser.token().is("offset")) {
        expr = offset(expr);
      } else if (parser.token().is("@")) {
        expr = at(expr);
      } else {
        return expr;
      }
    }
  }

  private Expr brackets(Expr expr) {
    Token open = parser.advance();
    long range = positive("subquery or range selector", "number, duration, step(), or range()");
    if (parser.token().is("]")) {
      parser.advance();
      return range(expr, range, open);
    }
    parser.expect(":", "subquery or range", "\":\" or \"]\"");
    long step =
        parser.token().is("]")
            ? 0
            : positive("subquery selector", "number, duration, step(), range(), or \"]\"");
    parser.expect("]", "subquery selector", "\"]\"");
    Span span = expr.span().to(parser.lastEnd());
    return new Expr.Subquery(expr, range, step, At.STEP, 0, span);
  }

  private Expr range(Expr expr, long range, Token open) {
    if (!(expr instanceof Expr.Selector selector)) {
      throw new BadInput("ranges only allowed for vector selectors", open.start());
    }
    if (selector.offset() != 0) {
      throw new BadInput("no offset modifiers allowed before range", open.start());
    }
    if (!selector.at().equals(At.STEP)) {
      throw new BadInput("no @ modifiers allowed before range", open.start());
    }
    return new Expr.RangeSelector(selector, range, selector.span().to(parser.lastEnd()));
  }

  private Expr offset(Expr expr) {
    parser.advance();
    double seconds = signedSeconds("offset", "number, duration, step(), or range()");
    long offset = Math.round(seconds * 1000);
    int end = parser.lastEnd();
    return switch (expr) {
      case Expr.Selector s when s.offset() == 0 -> shifted(s, offset, end);
      case Expr.RangeSelector r when r.selector().offset() == 0 ->
          new Expr.RangeSelector(
              shifted(r.selector(), offset, r.selector().span().end()),
              r.range(),
              r.span().to(end));
      case Expr.Subquery q when q.offset() == 0 ->
          new Expr.Subquery(q.inner(), q.range(), q.step(), q.at(), offset, q.span().to(end));
      case Expr.Selector _, Expr.RangeSelector _, Expr.Subquery _ ->
          throw new BadInput("offset may not be set multiple times", expr.span().start());
      default ->
          throw new BadInput(
              "offset modifier must be preceded by an instant vector selector or range vector"
                  + " selector or a subquery",
              expr.span().start());
    };
  }

  private static Expr.Selector shifted(Expr.Selector s, long offset, int end) {
    return new Expr.Selector(s.name(), s.matchers(), s.at(), offset, s.span().to(end));
  }

  private Expr at(Expr expr) {
    parser.advance();
    At at = time(expr);
    int end = parser.lastEnd();
    return switch (expr) {
      case Expr.Selector s when s.at().equals(At.STEP) -> fixed(s, at, end);
      case Expr.RangeSelector r when r.selector().at().equals(At.STEP) ->
          new Expr.RangeSelector(
              fixed(r.selector(), at, r.selector().span().end()), r.range(), r.span().to(end));
      case Expr.Subquery q when q.at().equals(At.STEP) ->
          new Expr.Subquery(q.inner(), q.range(), q.step(), at, q.offset(), q.span().to(end));
      case Expr.Selector _, Expr.RangeSelector _, Expr.Subquery _ ->
          throw new BadInput("@ <timestamp> may not be set multiple times", expr.span().start());
      default ->
          throw new BadInput(
              "@ modifier must be preceded by an instant vector selector or range vector selector"
                  + " or a subquery",
              expr.span().start());
    };
  }

  private static Expr.Selector fixed(Expr.Selector s, At at, int end) {
    return new Expr.Selector(s.name(), s.matchers(), at, s.offset(), s.span().to(end));
  }

  private At time(Expr expr) {
    if (parser.token().is("start") || parser.token().is("end")) {
      At at = parser.advance().is("start") ? new At.Start() : new At.End();
      parser.expect("(", "@", "timestamp");
      parser.expect(")", "@", "timestamp");
      return at;
    }
    double seconds = signedSeconds("@", "timestamp");
    if (!(Math.abs(seconds) < Long.MAX_VALUE / 1000.0)) {
      String shown =
          Double.isFinite(seconds) ? String.format("%f", seconds) : Numbers.plain(seconds);
      throw new BadInput("timestamp out of bounds for @ modifier: " + shown, expr.span().start());
    }
    return new At.Fixed(Math.round(seconds * 1000));
  }

  private long positive(String context, String wanted) {
    int start = parser.token().start();
    double seconds = signedSeconds(context, wanted);
    if (!(seconds > 0)) {
      throw new BadInput("duration must be greater than 0", start);
    }
    return Math.max(1, Math.round(seconds * 1000));
  }

  private double signedSeconds(String context, String wanted) {
    double sign = 1;
    while (parser.token().is("+") || parser.token().is("-")) {
      sign *= parser.advance().is("-") ? -1 : 1;
    }
    Token token = parser.token();
    if (token.kind() != Token.Kind.NUMBER && token.kind() != Token.Kind.DURATION) {
      throw parser.unexpected(context, wanted);
    }
    double seconds = sign * parser.number().value();
    if (!context.equals("@") && !(Math.abs(seconds) < MAX_SECONDS)) {
      throw new BadInput("duration out of range", token.start());
    }
    return seconds;
  }
}
