package hinomi.promql.evaluate;

import hinomi.model.Histogram;
import hinomi.promql.parse.Expr;
import hinomi.promql.parse.Operator;
import org.jspecify.annotations.Nullable;

/// A binary operator on two operands of which any may be a histogram. One thread.
final class Operands {
  private final Expr.Binary binary;
  private final Notes notes;

  /// One side at one step.
  ///
  /// @param number absent where a histogram stands
  record Operand(double number, @Nullable Histogram histogram) {
    /// As messages name the kind.
    String kind() {
      return histogram == null ? "float" : "histogram";
    }
  }

  Operands(Expr.Binary binary, Notes notes) {
    this.binary = binary;
    this.notes = notes;
  }

  Operator operator() {
    return binary.operator();
  }

  /// Puts the result into a row, or takes away what stands there when there is none.
  ///
  /// @param kept what a comparison that filters keeps when it holds
  void apply(Operand left, Operand right, Operand kept, RowBuffer into, int step) {
    if (left.histogram() != null || right.histogram() != null) {
      notes.incompatible(left.kind(), operator(), right.kind(), binary.span());
      into.remove(step);
      return;
    }
    if (!operator().isComparison() || binary.bool()) {
      into.set(step, Arithmetic.apply(operator(), left.number(), right.number()));
    } else if (Arithmetic.holds(operator(), left.number(), right.number())) {
      into.set(step, kept.number());
    } else {
      into.remove(step);
    }
  }
}
