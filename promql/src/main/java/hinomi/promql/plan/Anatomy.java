package hinomi.promql.plan;

import hinomi.promql.parse.Aggregation;
import hinomi.promql.parse.Expr;
import hinomi.promql.parse.Matching;
import hinomi.promql.parse.Operator;
import hinomi.promql.parse.Period;
import hinomi.promql.parse.Printer;
import hinomi.promql.parse.Reach;
import hinomi.promql.parse.Type;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Takes the expression of a rule apart, for those who have to know what it looks at rather than
/// what it finds: [#compared] and [#sampleCounts].
public final class Anatomy {
  private Anatomy() {}

  /// The expression without its conditions: what it compares. It yields an element for each series
  /// that can be judged, whether or not it is found wrong, so that a series that is fine can be
  /// told from one that is not there. Filtering comparisons become what they compare, `and` and
  /// `unless` what stands before them, `topk` and its like what they pick from. Empty where that
  /// cannot be said: when the expression asks for absence, makes labels of values, or has no
  /// selector.
  public static Optional<String> compared(Expr expr) {
    return without(expr).filter(Anatomy::selects).map(Printer::print);
  }

  private static boolean selects(Expr expr) {
    return expr instanceof Expr.Selector || expr.parts().stream().anyMatch(Anatomy::selects);
  }

  private static Optional<Expr> without(Expr expr) {
    return switch (expr) {
      case Expr.NumberLiteral _, Expr.TextLiteral _, Expr.Selector _, Expr.RangeSelector _ ->
          Optional.of(expr);
      case Expr.Subquery q ->
          without(q.inner())
              .map(inner ->
                  new Expr.Subquery(
                      new Expr.Paren(inner, q.span()), q.length(), q.every(), q.when(), q.span()));
      case Expr.Aggregate aggregate -> without(aggregate);
      case Expr.Call call -> without(call);
      case Expr.Binary binary -> without(binary);
      case Expr.Signed signed ->
          without(signed.inner())
              .map(inner -> new Expr.Signed(signed.minus(), inner, signed.span()));
      case Expr.Paren paren ->
          without(paren.inner()).map(inner -> new Expr.Paren(inner, paren.span()));
      case Expr.Once once -> without(once.inner());
    };
  }

  private static Optional<Expr> without(Expr.Aggregate aggregate) {
    if (aggregate.operator() == Aggregation.COUNT_VALUES) {
      return Optional.empty();
    }
    Optional<Expr> inner = without(aggregate.inner());
    if (aggregate.operator().picks()) {
      return inner.map(it -> new Expr.Paren(it, aggregate.span()));
    }
    return inner.map(it -> {
      List<Expr> arguments = new ArrayList<>(aggregate.arguments());
      arguments.set(arguments.size() - 1, it);
      return new Expr.Aggregate(
          aggregate.operator(),
          arguments,
          aggregate.without(),
          aggregate.grouping(),
          aggregate.span());
    });
  }

  private static Optional<Expr> without(Expr.Call call) {
    if (call.function().name().startsWith("absent")) {
      return Optional.empty();
    }
    List<Expr> arguments = new ArrayList<>();
    for (Expr argument : call.arguments()) {
      Optional<Expr> stripped = without(argument);
      if (stripped.isEmpty()) {
        return stripped;
      }
      arguments.add(stripped.get());
    }
    return Optional.of(new Expr.Call(call.function(), arguments, call.span()));
  }

  private static Optional<Expr> without(Expr.Binary binary) {
    Optional<Expr> left = without(binary.left());
    Operator operator = binary.operator();
    if (operator == Operator.AND || operator == Operator.UNLESS) {
      return left;
    }
    Optional<Expr> right = without(binary.right());
    if (left.isEmpty() || right.isEmpty()) {
      return Optional.empty();
    }
    if (!operator.isComparison() || binary.bool()) {
      return Optional.of(
          new Expr.Binary(
              operator, left.get(), right.get(), binary.bool(), binary.matching(), binary.span()));
    }
    if (binary.left().type() == Type.SCALAR || binary.right().type() == Type.SCALAR) {
      return binary.left().type() == Type.SCALAR ? right : left;
    }
    return Optional.of(paired(binary, left.get(), right.get()));
  }

  /// Two vectors that are multiplied have the labels of two that are compared, and need both.
  private static Expr paired(Expr.Binary binary, Expr left, Expr right) {
    Matching matching = binary.matching();
    return new Expr.Binary(
        Operator.MULTIPLY,
        new Expr.Paren(left, left.span()),
        new Expr.Paren(right, right.span()),
        false,
        matching,
        binary.span());
  }

  /// For each selector an expression that counts the samples of each of its series: within its own
  /// range, prolonged by that of a subquery around it, or within `window` where there is none.
  public static List<String> sampleCounts(Expr expr, Duration window) {
    Set<String> counts = new LinkedHashSet<>();
    count(expr, new Around(window.toMillis(), 0), counts);
    return List.copyOf(counts);
  }

  /// @param window milliseconds of a selector without range
  /// @param subqueries milliseconds of the subqueries around, together
  private record Around(long window, long subqueries) {
    Period length(long own) {
      long range = own + subqueries;
      return Period.ofMillis(range > 0 ? range : window);
    }
  }

  private static void count(Expr expr, Around around, Set<String> counts) {
    switch (expr) {
      case Expr.Selector selector -> add(selector, around.length(0), counts);
      case Expr.RangeSelector range ->
          add(range.selector(), around.length(millis(range.length(), around)), counts);
      case Expr.Subquery q -> {
        long subqueries = around.subqueries() + millis(q.length(), around);
        count(q.inner(), new Around(around.window(), subqueries), counts);
      }
      default -> expr.parts().forEach(part -> count(part, around, counts));
    }
  }

  /// What is computed from the query's own step and range is not known here.
  private static long millis(Period period, Around around) {
    return period instanceof Period.Literal literal ? literal.millis() : around.window();
  }

  private static void add(Expr.Selector selector, Period length, Set<String> counts) {
    Expr.Selector plain =
        new Expr.Selector(
            selector.name(), selector.matchers(), selector.when(), Reach.PLAIN, selector.span());
    counts.add(
        "count_over_time("
            + Printer.print(new Expr.RangeSelector(plain, length, selector.span()))
            + ")");
  }
}
