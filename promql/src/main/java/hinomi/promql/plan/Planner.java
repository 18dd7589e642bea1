package hinomi.promql.plan;

import hinomi.promql.parse.At;
import hinomi.promql.parse.Expr;
import java.util.List;
import java.util.Set;

/// Prepares a tree for one query. Pure; knows no data.
public final class Planner {
  /// Their answer depends on the evaluation time even where their arguments do not.
  private static final Set<String> TIMED =
      Set.of(
          "time",
          "timestamp",
          "predict_linear",
          "minute",
          "hour",
          "day_of_week",
          "day_of_month",
          "day_of_year",
          "days_in_month",
          "month",
          "year");

  private final long start;
  private final long end;

  private Planner(long start, long end) {
    this.start = start;
    this.end = end;
  }

  /// @param start of the whole query, milliseconds since the epoch; likewise `end`
  public static Expr plan(Expr expr, long start, long end) {
    return new Planner(start, end).wrapped(expr);
  }

  /// The planned expression, marked when it is the same at every step and worth keeping.
  private Expr wrapped(Expr expr) {
    return marked(planned(expr));
  }

  private Expr planned(Expr expr) {
    return switch (expr) {
      case Expr.NumberLiteral _, Expr.TextLiteral _, Expr.Once _ -> expr;
      case Expr.Paren paren -> planned(paren.inner());
      case Expr.Selector selector -> selector(selector);
      case Expr.RangeSelector range ->
          new Expr.RangeSelector(selector(range.selector()), range.range(), range.span());
      case Expr.Subquery q ->
          new Expr.Subquery(
              wrapped(q.inner()), q.range(), q.step(), at(q.at()), q.offset(), q.span());
      case Expr.Aggregate a ->
          new Expr.Aggregate(
              a.operator(), parts(a, a.arguments()), a.without(), a.grouping(), a.span());
      case Expr.Call call ->
          new Expr.Call(call.function(), parts(call, call.arguments()), call.span());
      case Expr.Binary b -> {
        List<Expr> sides = parts(b, b.parts());
        yield new Expr.Binary(
            b.operator(), sides.getFirst(), sides.getLast(), b.bool(), b.matching(), b.span());
      }
      case Expr.Signed signed ->
          new Expr.Signed(signed.minus(), parts(signed, signed.parts()).getFirst(), signed.span());
    };
  }

  /// Parts are marked only where the whole is not, so that the mark stands as high as it can.
  private List<Expr> parts(Expr whole, List<Expr> parts) {
    List<Expr> planned = parts.stream().map(this::planned).toList();
    boolean all = !isTimed(whole) && planned.stream().allMatch(Planner::isFixed);
    boolean keepsSelector = whole instanceof Expr.Call call && isTimestamp(call);
    return all || keepsSelector ? planned : planned.stream().map(Planner::marked).toList();
  }

  private static Expr marked(Expr planned) {
    return isFixed(planned) && !isLiteral(planned) && !isRange(planned)
        ? new Expr.Once(planned)
        : planned;
  }

  private Expr.Selector selector(Expr.Selector s) {
    return new Expr.Selector(s.name(), s.matchers(), at(s.at()), s.offset(), s.span());
  }

  private At at(At at) {
    return switch (at) {
      case At.Start _ -> new At.Fixed(start);
      case At.End _ -> new At.Fixed(end);
      case At.Step _, At.Fixed _ -> at;
    };
  }

  private static boolean isFixed(Expr expr) {
    return switch (expr) {
      case Expr.NumberLiteral _, Expr.TextLiteral _, Expr.Once _ -> true;
      case Expr.Selector selector -> !selector.at().equals(At.STEP);
      case Expr.RangeSelector range -> isFixed(range.selector());
      case Expr.Subquery subquery -> !subquery.at().equals(At.STEP);
      case Expr.Call call when isTimestamp(call) ->
          call.arguments().getFirst() instanceof Expr.Selector selector && isFixed(selector);
      case Expr.Call _, Expr.Aggregate _, Expr.Binary _, Expr.Signed _, Expr.Paren _ ->
          !isTimed(expr) && expr.parts().stream().allMatch(Planner::isFixed);
    };
  }

  private static boolean isTimestamp(Expr.Call call) {
    return call.function().name().equals("timestamp");
  }

  private static boolean isTimed(Expr expr) {
    return expr instanceof Expr.Call call && TIMED.contains(call.function().name());
  }

  private static boolean isLiteral(Expr expr) {
    return expr instanceof Expr.NumberLiteral || expr instanceof Expr.TextLiteral;
  }

  private static boolean isRange(Expr expr) {
    return expr instanceof Expr.RangeSelector || expr instanceof Expr.Subquery;
  }
}
