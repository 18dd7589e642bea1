package hinomi.promql.evaluate;

import hinomi.promql.parse.Expr;
import hinomi.promql.parse.Reach;
import hinomi.promql.parse.Span;
import java.util.Optional;

/// A call of a function with its arguments, which are evaluated when they are asked for.
///
/// @param grid the steps to answer for
record Arguments(Evaluator evaluator, Expr.Call call, Grid grid) {
  int count() {
    return call.arguments().size();
  }

  Expr expr(int i) {
    return bare(call.arguments().get(i));
  }

  /// What stands there, whether or not the plan has marked it.
  static Expr bare(Expr argument) {
    return argument instanceof Expr.Once once ? once.inner() : argument;
  }

  /// The rows of a vector, still to be made.
  Supply supply(int i) {
    return evaluator.supply(call.arguments().get(i), grid);
  }

  Value.Vector vector(int i) {
    return evaluator.vector(call.arguments().get(i), grid);
  }

  double[] scalar(int i) {
    return evaluator.scalar(call.arguments().get(i), grid);
  }

  String text(int i) {
    if (expr(i) instanceof Expr.TextLiteral text) {
      return text.value();
    }
    throw new IllegalStateException("BUG: the type check let something else than a text pass");
  }

  /// How the range there looks at its ends, if not in the usual way.
  Optional<Reaching> reaching(int i) {
    return expr(i) instanceof Expr.RangeSelector range && range.selector().reach() != Reach.PLAIN
        ? Optional.of(evaluator.reaching(range))
        : Optional.empty();
  }

  Ranges ranges(int i) {
    reaching(i).ifPresent(reaching -> reaching.refuseUnlessKnown(call.function().name()));
    return evaluator.ranges(call.arguments().get(i), grid);
  }

  Span span(int i) {
    return call.arguments().get(i).span();
  }

  Notes notes() {
    return evaluator.notes();
  }

  Budget budget() {
    return evaluator.budget();
  }

  /// Room for the values of one more row, all absent.
  double[] row() {
    evaluator.budget().hold(grid.count());
    return Row.absent(grid.count());
  }
}
