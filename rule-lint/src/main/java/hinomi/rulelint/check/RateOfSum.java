package hinomi.rulelint.check;

import hinomi.promql.parse.Aggregation;
import hinomi.promql.parse.Expr;
import java.util.List;
import java.util.Set;

/// `rate(sum(x)[5m:])`: when one of the counters starts anew, the sum falls, and the rate takes all
/// of what is left for new.
final class RateOfSum implements RuleCheck {
  private static final Set<String> OF_COUNTERS = Set.of("rate", "irate", "increase", "resets");

  @Override
  public List<Flaw> of(Subject subject) {
    return Walk.calls(subject.expr())
        .filter(call -> OF_COUNTERS.contains(call.function().name()))
        .filter(call -> isSummed(call.arguments().getFirst()))
        .map(call -> {
          String name = call.function().name();
          return Flaw.of(
                  Severity.WARNING,
                  call,
                  "合計に" + name + "を掛けると、一つのカウンターの再起動が急増に見えます",
                  name
                      + " of a sum: when one of its counters starts anew, the whole sum looks like"
                      + " an increase")
              .advising("先に" + name + "、後でsum: sum(" + name + "(…))", "sum(" + name + "(…))");
        })
        .toList();
  }

  private static boolean isSummed(Expr argument) {
    return argument instanceof Expr.Subquery subquery
        && Walk.bare(subquery.inner()) instanceof Expr.Aggregate aggregate
        && aggregate.operator() == Aggregation.SUM
        && Walk.calls(aggregate.inner()).findAny().isEmpty();
  }
}
