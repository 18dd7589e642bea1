package hinomi.promql.evaluate;

import hinomi.promql.evaluate.Mapped.Change;
import hinomi.promql.parse.Expr;
import hinomi.promql.parse.Operator;
import hinomi.promql.parse.Type;

/// Binary operators where at least one side is a scalar; two vectors go on to [Matches] or [Sets].
final class Binaries {
  private final Evaluator evaluator;
  private final Grid grid;

  Binaries(Evaluator evaluator, Grid grid) {
    this.evaluator = evaluator;
    this.grid = grid;
  }

  /// Whether one side is a vector and the other a scalar, so that each row is computed by itself.
  static boolean isByRows(Expr.Binary binary) {
    return (binary.left().type() == Type.VECTOR) != (binary.right().type() == Type.VECTOR);
  }

  Value evaluate(Expr.Binary binary) {
    if (isByRows(binary)) {
      return evaluator.collect(supply(binary), grid);
    }
    if (binary.left().type() == Type.VECTOR) {
      return vectors(binary);
    }
    double[] left = evaluator.scalar(binary.left(), grid);
    double[] right = evaluator.scalar(binary.right(), grid);
    double[] result = new double[grid.count()];
    for (int i = 0; i < result.length; i++) {
      result[i] = Arithmetic.apply(binary.operator(), left[i], right[i]);
    }
    return new Value.Scalar(result);
  }

  private Value vectors(Expr.Binary binary) {
    Value.Vector left = evaluator.vector(binary.left(), grid);
    Value.Vector right = evaluator.vector(binary.right(), grid);
    return binary.operator().isSet()
        ? Sets.apply(binary, left.rows(), right.rows(), grid.count())
        : new Matches(binary, grid.count(), evaluator).apply(left.rows(), right.rows());
  }

  Supply supply(Expr.Binary binary) {
    boolean scalarFirst = binary.right().type() == Type.VECTOR;
    double[] scalar = evaluator.scalar(scalarFirst ? binary.left() : binary.right(), grid);
    Supply vector = evaluator.supply(scalarFirst ? binary.right() : binary.left(), grid);
    Operator operator = binary.operator();
    boolean filters = operator.isComparison() && !binary.bool();
    return new Mapped(
        vector,
        !filters && !operator.isTrim(),
        notes -> {
          Operands operands = new Operands(binary, notes);
          return filters
              ? filtered(operands, scalar, scalarFirst)
              : computed(operands, scalar, scalarFirst);
        });
  }

  private static Change filtered(Operands operands, double[] scalar, boolean scalarFirst) {
    Operator operator = operands.operator();
    return (row, _) -> {
      if (row.hasHistograms() || operator.isTrim()) {
        return mixed(operands, scalar, scalarFirst, row);
      }
      double[] values = row.values();
      int present = 0;
      for (int i = 0; i < values.length; i++) {
        double value = values[i];
        if (Row.isPresent(value)) {
          double a = scalarFirst ? scalar[i] : value;
          double b = scalarFirst ? value : scalar[i];
          if (Arithmetic.holds(operator, a, b)) {
            present++;
          } else {
            values[i] = Row.ABSENT;
          }
        }
      }
      return row.done(present);
    };
  }

  private static Change computed(Operands operands, double[] scalar, boolean scalarFirst) {
    Operator operator = operands.operator();
    return (row, _) -> {
      if (row.hasHistograms() || operator.isTrim()) {
        return mixed(operands, scalar, scalarFirst, row);
      }
      double[] values = row.values();
      int present = 0;
      for (int i = 0; i < values.length; i++) {
        double value = values[i];
        if (Row.isPresent(value)) {
          double a = scalarFirst ? scalar[i] : value;
          double b = scalarFirst ? value : scalar[i];
          values[i] = Arithmetic.apply(operator, a, b);
          present++;
        }
      }
      return row.done(present);
    };
  }

  /// A row that holds histograms somewhere.
  private static boolean mixed(
      Operands operands, double[] scalar, boolean scalarFirst, RowBuffer row) {
    for (int i = 0; i < row.steps(); i++) {
      if (row.has(i)) {
        Operands.Operand value = new Operands.Operand(row.values()[i], row.histogram(i));
        Operands.Operand beside = new Operands.Operand(scalar[i], null);
        operands.apply(scalarFirst ? beside : value, scalarFirst ? value : beside, value, row, i);
      }
    }
    return row.doneMixed();
  }
}
