package hinomi.promql.conformance;

import hinomi.promql.parse.At;
import hinomi.promql.parse.Expr;
import hinomi.promql.parse.When;
import hinomi.promql.plan.Planner;
import java.util.List;
import java.util.Optional;

/// Rewrites an expression so that its selectors look at a fixed time (`@`): it must then have the
/// same answer whenever it is asked.
final class FixedTime {
  private FixedTime() {}

  /// Empty when some function of it depends on the evaluation time itself.
  static Optional<Expr> at(Expr expr, long millis) {
    return isTimed(expr) ? Optional.empty() : Optional.of(fixed(expr, new At.Fixed(millis)));
  }

  private static boolean isTimed(Expr expr) {
    return (expr instanceof Expr.Call call && Planner.isTimed(call.function().name()))
        || expr.parts().stream().anyMatch(FixedTime::isTimed);
  }

  private static Expr fixed(Expr expr, At at) {
    return switch (expr) {
      case Expr.NumberLiteral _, Expr.TextLiteral _, Expr.Once _ -> expr;
      case Expr.Selector selector -> selector(selector, at);
      case Expr.RangeSelector range ->
          new Expr.RangeSelector(selector(range.selector(), at), range.length(), range.span());
      case Expr.Subquery q ->
          q.at().equals(At.STEP)
              ? new Expr.Subquery(
                  q.inner(), q.length(), q.every(), new When(at, q.when().offset()), q.span())
              : q;
      case Expr.Aggregate a ->
          new Expr.Aggregate(
              a.operator(), all(a.arguments(), at), a.without(), a.grouping(), a.span());
      case Expr.Call call -> new Expr.Call(call.function(), all(call.arguments(), at), call.span());
      case Expr.Binary b ->
          new Expr.Binary(
              b.operator(),
              fixed(b.left(), at),
              fixed(b.right(), at),
              b.bool(),
              b.matching(),
              b.span());
      case Expr.Signed signed ->
          new Expr.Signed(signed.minus(), fixed(signed.inner(), at), signed.span());
      case Expr.Paren paren -> new Expr.Paren(fixed(paren.inner(), at), paren.span());
    };
  }

  private static List<Expr> all(List<Expr> exprs, At at) {
    return exprs.stream().map(expr -> fixed(expr, at)).toList();
  }

  private static Expr.Selector selector(Expr.Selector s, At at) {
    return s.at().equals(At.STEP) ? s.with(new When(at, s.when().offset())) : s;
  }
}
