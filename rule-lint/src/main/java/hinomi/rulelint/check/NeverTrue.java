package hinomi.rulelint.check;

import hinomi.promql.parse.Aggregation;
import hinomi.promql.parse.Expr;
import hinomi.promql.parse.Operator;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Comparisons that no data can fulfil: a count of less than one, a rate below zero, a value above
/// and below.
final class NeverTrue implements RuleCheck {
  private static final Set<String> NEVER_NEGATIVE =
      Set.of(
          "rate",
          "irate",
          "increase",
          "resets",
          "changes",
          "count_over_time",
          "stddev_over_time",
          "stdvar_over_time",
          "abs");

  @Override
  public List<Flaw> of(Subject subject) {
    List<Flaw> flaws = new ArrayList<>();
    for (Walk.Compared compared : Walk.compared(subject.expr())) {
      double least = least(compared.what());
      if (isBelow(compared.operator(), compared.with(), least)) {
        flaws.add(flaw(compared));
      }
    }
    Walk.all(subject.expr())
        .filter(expr -> expr instanceof Expr.Binary and && and.operator() == Operator.AND)
        .filter(expr -> contradicts((Expr.Binary) expr))
        .forEach(expr ->
            flaws.add(
                Flaw.of(
                    Severity.ERROR,
                    expr,
                    "両方の条件を同時に満たす値はありません",
                    "no value fulfils both conditions")));
    return flaws;
  }

  /// The smallest value that there can be.
  private static double least(Expr expr) {
    return switch (expr) {
      case Expr.Aggregate aggregate when aggregate.operator() == Aggregation.COUNT -> 1;
      case Expr.Aggregate aggregate when !aggregate.operator().hasParameter() ->
          Math.min(0, least(Walk.bare(aggregate.inner())));
      case Expr.Call call when call.function().name().startsWith("absent") -> 1;
      case Expr.Call call when NEVER_NEGATIVE.contains(call.function().name()) -> 0;
      default -> Double.NEGATIVE_INFINITY;
    };
  }

  private static boolean isBelow(Operator operator, double with, double least) {
    return switch (operator) {
      case LESS -> with <= least;
      case LESS_OR_EQUAL, EQUAL -> with < least;
      default -> false;
    };
  }

  private static Flaw flaw(Walk.Compared compared) {
    Flaw flaw =
        Flaw.of(
            Severity.ERROR, compared.written(), "この比較は決して成り立ちません", "this comparison is never true");
    return compared.what() instanceof Expr.Aggregate aggregate
            && aggregate.operator() == Aggregation.COUNT
        ? flaw.advising(
            "何もなければcountは0ではなく「結果なし」です。absent(…)か、sum(… bool …) == 0 を使う",
            "where there is nothing, count yields no element, not 0: use absent(…), or"
                + " sum(… bool …) == 0")
        : flaw;
  }

  private static boolean contradicts(Expr.Binary and) {
    List<Walk.Compared> left = own(and.left());
    List<Walk.Compared> right = own(and.right());
    return !left.isEmpty()
        && !right.isEmpty()
        && left.getFirst().what().equals(right.getFirst().what())
        && (excludes(left.getFirst(), right.getFirst())
            || excludes(right.getFirst(), left.getFirst()));
  }

  /// The comparison that the condition is.
  private static List<Walk.Compared> own(Expr condition) {
    Expr bare = Walk.bare(condition);
    return Walk.compared(bare).stream()
        .filter(compared -> compared.written().equals(bare))
        .toList();
  }

  private static boolean excludes(Walk.Compared above, Walk.Compared below) {
    boolean isAbove =
        above.operator() == Operator.GREATER || above.operator() == Operator.GREATER_OR_EQUAL;
    boolean isBelow =
        below.operator() == Operator.LESS || below.operator() == Operator.LESS_OR_EQUAL;
    return isAbove && isBelow && above.with() > below.with();
  }
}
