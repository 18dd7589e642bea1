package hinomi.promql.plan;

import hinomi.model.BadInput;
import hinomi.promql.parse.At;
import hinomi.promql.parse.Expr;
import hinomi.promql.parse.Period;
import hinomi.promql.parse.Signatures;
import hinomi.promql.parse.When;
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

  /// More than Prometheus can hold, about 292 years.
  private static final double MAX_SECONDS = Long.MAX_VALUE / 1e9;

  private final long start;
  private final long end;
  private final long step;

  private Planner(long start, long end, long step) {
    this.start = start;
    this.end = end;
    this.step = step;
  }

  /// For a query that asks for one time.
  public static Expr plan(Expr expr, long time) {
    return plan(expr, time, time, 0);
  }

  /// A duration that comes to nothing sensible is a [BadInput] where it stands.
  ///
  /// @param start of the whole query, milliseconds since the epoch; likewise `end`
  /// @param step of the whole query, milliseconds; 0 when it asks for one time
  public static Expr plan(Expr expr, long start, long end, long step) {
    return new Planner(start, end, step).wrapped(expr);
  }

  /// Whether a function's answer depends on when it is asked, whatever its arguments are.
  public static boolean isTimed(String function) {
    return TIMED.contains(function) || Signatures.isOfQuery(function);
  }

  /// Whether an expression's plan depends on the query's times and step.
  public static boolean dependsOnQuery(Expr expr) {
    boolean itself =
        switch (expr) {
          case Expr.Selector selector -> dependsOnQuery(selector.when());
          case Expr.RangeSelector range -> !(range.length() instanceof Period.Literal);
          case Expr.Subquery q ->
              dependsOnQuery(q.when())
                  || !(q.length() instanceof Period.Literal)
                  || !(q.every() instanceof Period.Literal);
          case Expr.Call call -> Signatures.isOfQuery(call.function().name());
          case Expr.NumberLiteral _,
              Expr.TextLiteral _,
              Expr.Aggregate _,
              Expr.Binary _,
              Expr.Signed _,
              Expr.Paren _,
              Expr.Once _ ->
              false;
        };
    return itself || expr.parts().stream().anyMatch(Planner::dependsOnQuery);
  }

  private static boolean dependsOnQuery(When when) {
    return when.at() instanceof At.Start
        || when.at() instanceof At.End
        || !(when.offset() instanceof Period.Literal);
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
          new Expr.RangeSelector(
              selector(range.selector()), positive(range.length()), range.span());
      case Expr.Subquery q ->
          new Expr.Subquery(
              wrapped(q.inner()),
              positive(q.length()),
              q.every().isZero() ? q.every() : positive(q.every()),
              when(q.when()),
              q.span());
      case Expr.Aggregate a ->
          new Expr.Aggregate(
              a.operator(), parts(a, a.arguments()), a.without(), a.grouping(), a.span());
      case Expr.Call call when Signatures.isOfQuery(call.function().name()) -> ofQuery(call);
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

  /// What only the query itself decides is a number from here on.
  private Expr ofQuery(Expr.Call call) {
    long millis =
        switch (call.function().name()) {
          case "start" -> start;
          case "end" -> end;
          case "step" -> start == end ? 0 : step;
          case "range" -> end - start;
          default -> throw new IllegalStateException("BUG: unknown: " + call.function().name());
        };
    return new Expr.NumberLiteral(millis / 1000.0, false, call.span());
  }

  private Expr.Selector selector(Expr.Selector selector) {
    return selector.with(when(selector.when()));
  }

  private When when(When when) {
    At at =
        switch (when.at()) {
          case At.Start _ -> new At.Fixed(start);
          case At.End _ -> new At.Fixed(end);
          case At.Step _, At.Fixed _ -> when.at();
        };
    return new When(at, computed(when.offset()));
  }

  private Period positive(Period period) {
    Period computed = computed(period);
    if (computed.millis() <= 0) {
      throw new BadInput("duration must be greater than 0", period.span().start());
    }
    return computed;
  }

  /// The literal that a length of time comes to, in whole milliseconds.
  private Period computed(Period period) {
    if (period instanceof Period.Literal) {
      return period;
    }
    double seconds = period.seconds(step / 1000.0, (end - start) / 1000.0);
    if (!Double.isFinite(seconds)) {
      throw new BadInput("duration is NaN or infinite", period.span().start());
    }
    if (Math.abs(seconds) > MAX_SECONDS) {
      throw new BadInput("duration is out of range", period.span().start());
    }
    return Period.ofMillis((long) (seconds * 1000));
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
    return expr instanceof Expr.Call call && isTimed(call.function().name());
  }

  private static boolean isLiteral(Expr expr) {
    return expr instanceof Expr.NumberLiteral || expr instanceof Expr.TextLiteral;
  }

  private static boolean isRange(Expr expr) {
    return expr instanceof Expr.RangeSelector || expr instanceof Expr.Subquery;
  }
}
