package hinomi.promql.evaluate;

import hinomi.model.Labels;
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

  Value evaluate(Expr.Binary binary) {
    boolean leftVector = binary.left().type() == Type.VECTOR;
    boolean rightVector = binary.right().type() == Type.VECTOR;
    if (leftVector && rightVector) {
      return vectors(binary);
    }
    if (leftVector) {
      Value.Vector vector = evaluator.vector(binary.left(), grid);
      return withScalar(binary, vector, evaluator.scalar(binary.right(), grid), false);
    }
    if (rightVector) {
      double[] scalar = evaluator.scalar(binary.left(), grid);
      return withScalar(binary, evaluator.vector(binary.right(), grid), scalar, true);
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
        : new Matches(binary, grid.count(), evaluator.budget()).apply(left.rows(), right.rows());
  }

  private Value withScalar(
      Expr.Binary binary, Value.Vector vector, double[] scalar, boolean scalarFirst) {
    Operator operator = binary.operator();
    boolean filters = operator.isComparison() && !binary.bool();
    Rows rows = new Rows();
    for (Row row : vector.rows()) {
      evaluator.budget().check();
      evaluator.budget().hold(grid.count());
      double[] result = Row.absent(grid.count());
      for (int i = 0; i < result.length; i++) {
        double value = row.values()[i];
        if (Row.isPresent(value)) {
          double a = scalarFirst ? scalar[i] : value;
          double b = scalarFirst ? value : scalar[i];
          if (!filters) {
            result[i] = Arithmetic.apply(operator, a, b);
          } else if (Arithmetic.holds(operator, a, b)) {
            result[i] = value;
          }
        }
      }
      Labels labels = filters ? row.labels() : Rows.withoutMetric(row.labels());
      rows.add(labels, result);
    }
    return rows.vector();
  }
}
