package hinomi.promql.evaluate;

import hinomi.model.Histogram;
import hinomi.model.histogram.Histograms;
import hinomi.model.histogram.Tally;
import hinomi.model.histogram.Trim;
import hinomi.promql.evaluate.HistogramNotes.Doing;
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
      applyToHistograms(left, right, into, step);
      return;
    }
    if (operator().isTrim()) {
      notes.incompatible(left.kind(), operator(), right.kind(), binary.span());
      into.remove(step);
    } else if (!operator().isComparison() || binary.bool()) {
      into.set(step, Arithmetic.apply(operator(), left.number(), right.number()));
    } else if (Arithmetic.holds(operator(), left.number(), right.number())) {
      into.set(step, kept.number());
    } else {
      into.remove(step);
    }
  }

  private void applyToHistograms(Operand left, Operand right, RowBuffer into, int step) {
    Histogram one = left.histogram();
    Histogram other = right.histogram();
    if (one != null && other != null) {
      applyToBoth(one, other, into, step);
      return;
    }
    Histogram result = null;
    if (one != null) {
      result = scaled(one, right.number());
    } else if (other != null && operator() == Operator.MULTIPLY) {
      result = Histograms.multiplied(other, left.number());
    }
    if (result == null) {
      notes.incompatible(left.kind(), operator(), right.kind(), binary.span());
    }
    set(result, into, step);
  }

  private void applyToBoth(Histogram one, Histogram other, RowBuffer into, int step) {
    switch (operator()) {
      case EQUAL, NOT_EQUAL -> compare(one, other, into, step);
      case ADD, SUBTRACT -> set(combined(one, other), into, step);
      case OR,
          AND,
          UNLESS,
          LESS,
          LESS_OR_EQUAL,
          GREATER,
          GREATER_OR_EQUAL,
          MULTIPLY,
          DIVIDE,
          MODULO,
          ATAN2,
          POWER,
          TRIM_UPPER,
          TRIM_LOWER -> {
        notes.incompatible("histogram", operator(), "histogram", binary.span());
        into.remove(step);
      }
    }
  }

  private static void set(@Nullable Histogram result, RowBuffer into, int step) {
    if (result == null) {
      into.remove(step);
    } else {
      into.set(step, result);
    }
  }

  private void compare(Histogram one, Histogram other, RowBuffer into, int step) {
    boolean holds = Histograms.equal(one, other) == (operator() == Operator.EQUAL);
    if (binary.bool()) {
      into.set(step, holds ? 1.0 : 0.0);
    } else {
      set(holds ? one : null, into, step);
    }
  }

  /// The sum or the difference, unless the two do not fit together or contradict each other.
  private @Nullable Histogram combined(Histogram one, Histogram other) {
    boolean adds = operator() == Operator.ADD;
    HistogramNotes remarks = new HistogramNotes(notes);
    Tally tally = Tally.of(one);
    if (!(adds ? tally.add(other) : tally.subtract(other))) {
      remarks.incompatibleLayouts(operator(), binary.span());
      return null;
    }
    remarks.of(tally, adds ? Doing.ADDITION : Doing.SUBTRACTION, binary.span());
    if (tally.resetsCollide()) {
      return null;
    }
    // What was taken from is no counter any more.
    return adds ? tally.histogram() : tally.histogram().with(Histogram.Reset.GAUGE);
  }

  private @Nullable Histogram scaled(Histogram histogram, double number) {
    return switch (operator()) {
      case MULTIPLY -> Histograms.multiplied(histogram, number);
      case DIVIDE -> Histograms.divided(histogram, number);
      case TRIM_UPPER -> Trim.keepBelow(number, histogram);
      case TRIM_LOWER -> Trim.keepAbove(number, histogram);
      case OR,
          AND,
          UNLESS,
          EQUAL,
          NOT_EQUAL,
          LESS,
          LESS_OR_EQUAL,
          GREATER,
          GREATER_OR_EQUAL,
          ADD,
          SUBTRACT,
          MODULO,
          ATAN2,
          POWER ->
          null;
    };
  }
}
