package hinomi.promql.parse;

import hinomi.model.BadInput;
import java.util.Locale;

/// The part of the grammar that follows an operand: `[5m]`, `[1h:5m]`, `offset 5m`, `@ 1609746000`,
/// `anchored`, `smoothed`.
final class Modifiers {
  private static final String AFTER_SELECTOR =
      " modifier must be preceded by an instant vector selector or range vector selector or a"
          + " subquery";

  private final Parser parser;
  private final Periods periods;

  Modifiers(Parser parser) {
    this.parser = parser;
    this.periods = new Periods(parser);
  }

  Expr after(Expr operand) {
    Expr expr = operand;
    while (true) {
      Token token = parser.token();
      if (token.is("[")) {
        expr = brackets(expr);
      } else if (token.is("offset")) {
        expr = offset(expr);
      } else if (token.is("@")) {
        expr = at(expr);
      } else if (token.is("anchored") || token.is("smoothed")) {
        expr = reach(expr, token.is("anchored") ? Reach.ANCHORED : Reach.SMOOTHED);
      } else {
        return expr;
      }
    }
  }

  private Expr brackets(Expr expr) {
    Token open = parser.advance();
    Period length =
        periods.positive("subquery or range selector", "number, duration, step(), or range()");
    if (parser.token().is("]")) {
      parser.advance();
      return range(expr, length, open);
    }
    parser.expect(":", "subquery or range", "\":\" or \"]\"");
    Period every =
        parser.token().is("]")
            ? Period.ZERO
            : periods.positive("subquery selector", "number, duration, step(), range(), or \"]\"");
    parser.expect("]", "subquery selector", "\"]\"");
    Span span = expr.span().to(parser.lastEnd());
    return new Expr.Subquery(expr, length, every, When.NOW, span);
  }

  private Expr range(Expr expr, Period length, Token open) {
    if (!(expr instanceof Expr.Selector selector)) {
      throw new BadInput("ranges only allowed for vector selectors", open.start());
    }
    if (selector.when().isShifted()) {
      throw new BadInput("no offset modifiers allowed before range", open.start());
    }
    if (selector.when().isFixed()) {
      throw new BadInput("no @ modifiers allowed before range", open.start());
    }
    return new Expr.RangeSelector(selector, length, selector.span().to(parser.lastEnd()));
  }

  private Expr offset(Expr expr) {
    parser.advance();
    Period offset = periods.offset();
    When when = when(expr, "offset" + AFTER_SELECTOR);
    if (when.isShifted()) {
      throw new BadInput("offset may not be set multiple times", expr.span().start());
    }
    return with(expr, new When(when.at(), offset));
  }

  private Expr at(Expr expr) {
    parser.advance();
    At at = time(expr);
    When when = when(expr, "@" + AFTER_SELECTOR);
    if (when.isFixed()) {
      throw new BadInput("@ <timestamp> may not be set multiple times", expr.span().start());
    }
    return with(expr, new When(at, when.offset()));
  }

  private static When when(Expr expr, String otherwise) {
    return switch (expr) {
      case Expr.Selector selector -> selector.when();
      case Expr.RangeSelector range -> range.selector().when();
      case Expr.Subquery subquery -> subquery.when();
      default -> throw new BadInput(otherwise, expr.span().start());
    };
  }

  private Expr with(Expr expr, When when) {
    int end = parser.lastEnd();
    return switch (expr) {
      case Expr.Selector s -> s.with(when).upTo(end);
      case Expr.RangeSelector r ->
          new Expr.RangeSelector(r.selector().with(when), r.length(), r.span().to(end));
      case Expr.Subquery q ->
          new Expr.Subquery(q.inner(), q.length(), q.every(), when, q.span().to(end));
      default -> throw new IllegalStateException("BUG: no time was found in " + expr);
    };
  }

  private At time(Expr expr) {
    if (parser.token().is("start") || parser.token().is("end")) {
      At at = parser.advance().is("start") ? new At.Start() : new At.End();
      parser.expect("(", "@", "timestamp");
      parser.expect(")", "@", "timestamp");
      return at;
    }
    Token sign = parser.token();
    if (sign.isSign()) {
      parser.advance();
    }
    if (!parser.token().isNumber()) {
      throw parser.token().unexpected("@", "timestamp");
    }
    double seconds = parser.number().value() * (sign.is("-") ? -1 : 1);
    if (!(Math.abs(seconds) < Long.MAX_VALUE / 1000.0)) {
      String shown =
          Double.isFinite(seconds)
              ? String.format(Locale.ROOT, "%f", seconds)
              : Numbers.plain(seconds);
      throw new BadInput("timestamp out of bounds for @ modifier: " + shown, expr.span().start());
    }
    return new At.Fixed(Math.round(seconds * 1000));
  }

  private Expr reach(Expr expr, Reach reach) {
    String word = parser.advance().text().toLowerCase(Locale.ROOT);
    int start = expr.span().start();
    parser.experimental(word + " modifier is experimental and not enabled", start);
    return switch (expr) {
      case Expr.Selector selector -> reaching(selector, reach, start);
      case Expr.RangeSelector r ->
          new Expr.RangeSelector(reaching(r.selector(), reach, start), r.length(), r.span());
      case Expr.Subquery _ ->
          throw new BadInput(word + " modifier is not supported for subqueries", start);
      default -> throw new BadInput(word + " modifier not implemented", start);
    };
  }

  private static Expr.Selector reaching(Expr.Selector selector, Reach reach, int start) {
    if (selector.reach() != Reach.PLAIN && selector.reach() != reach) {
      throw new BadInput("anchored and smoothed modifiers cannot be used together", start);
    }
    return selector.with(reach);
  }
}
