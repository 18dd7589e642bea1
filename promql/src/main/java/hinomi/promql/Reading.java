package hinomi.promql;

import hinomi.model.Matcher;
import hinomi.promql.parse.At;
import hinomi.promql.parse.Expr;
import hinomi.promql.parse.Printer;
import hinomi.promql.parse.Reach;
import hinomi.promql.parse.Type;
import hinomi.promql.plan.Planner;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What can be told about an expression without asking it, for those who replay rules: a range
/// query answers thousands of instant queries at once, where both mean the same.
///
/// @param steady whether a range query comes at each step to what an instant query comes to at that
///   time; what looks at the query's own ends or length, and what picks by the order of series, is
///   not
/// @param selectors what each of its selectors matches
/// @param presence an expression with an element at exactly the times at which [PromQl#hasData]
///   finds data; empty where none says that, and where there is no selector, which means always
/// @param reach how far back it looks beyond the lookback of instant selectors; [#ANY] where `@`
///   stands or the query decides
public record Reading(
    boolean steady, List<List<Matcher>> selectors, Optional<String> presence, Duration reach) {
  /// Farther than any store goes back.
  public static final Duration ANY = Duration.ofDays(36_500);

  public Reading {
    selectors = List.copyOf(selectors);
  }

  /// A text that is no expression is a [hinomi.model.BadInput].
  public static Reading of(String expression) {
    Expr expr = Expressions.parse(expression);
    boolean numbers = expr.type() == Type.VECTOR || expr.type() == Type.SCALAR;
    List<List<Matcher>> selectors = new ArrayList<>();
    gather(expr, selectors);
    List<String> presences = new ArrayList<>();
    boolean timeless = !Planner.dependsOnQuery(expr);
    boolean known = timeless && !selectors.isEmpty() && presences(expr, presences);
    return new Reading(
        numbers && timeless && !picksByOrder(expr),
        selectors,
        known ? Optional.of(String.join(" or ", presences)) : Optional.empty(),
        timeless ? reach(Planner.plan(expr, 0)) : ANY);
  }

  /// @param planned so that all lengths of time are numbers
  private static Duration reach(Expr planned) {
    Duration own =
        switch (planned) {
          case Expr.Selector selector -> behind(selector.at(), selector.offset());
          case Expr.RangeSelector range -> Duration.ofMillis(range.range());
          case Expr.Subquery subquery ->
              behind(subquery.at(), subquery.offset())
                  .plusMillis(subquery.range() + subquery.step());
          default -> Duration.ZERO;
        };
    Duration parts =
        planned.parts().stream().map(Reading::reach).max(Duration::compareTo).orElse(Duration.ZERO);
    return own.plus(parts);
  }

  private static Duration behind(At at, long offset) {
    return at.equals(At.STEP) ? Duration.ofMillis(Math.max(0, offset)) : ANY;
  }

  private static boolean picksByOrder(Expr expr) {
    boolean itself = expr instanceof Expr.Aggregate aggregate && aggregate.operator().picks();
    return itself || expr.parts().stream().anyMatch(Reading::picksByOrder);
  }

  private static void gather(Expr expr, List<List<Matcher>> selectors) {
    if (expr instanceof Expr.Selector selector) {
      selectors.add(selector.matchers());
    }
    if (expr instanceof Expr.Call call && call.function().name().equals("info")) {
      selectors.add(List.of()); // reads whatever metrics tell of the same things
    }
    expr.parts().forEach(part -> gather(part, selectors));
  }

  /// @return whether what was added says all
  private static boolean presences(Expr expr, List<String> presences) {
    return switch (expr) {
      case Expr.Selector selector -> {
        presences.add("count(" + Printer.print(selector) + ")");
        yield selector.reach() == Reach.PLAIN;
      }
      case Expr.RangeSelector range -> {
        presences.add("count(present_over_time(" + Printer.print(range) + "))");
        yield range.selector().reach() == Reach.PLAIN;
      }
      case Expr.Subquery _ -> false; // is asked about its whole range, beyond its steps
      // Its second argument says which labels are wanted.
      case Expr.Call call when call.function().name().equals("info") ->
          presences(call.arguments().getFirst(), presences);
      default -> expr.parts().stream().allMatch(part -> presences(part, presences));
    };
  }
}
