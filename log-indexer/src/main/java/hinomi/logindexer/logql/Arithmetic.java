package hinomi.logindexer.logql;

import hinomi.logindexer.logql.Expr.Operator;
import hinomi.model.Labels;
import java.util.Map;
import java.util.TreeMap;

/// One operator between two values. Series meet the series with the same labels; a comparison drops
/// what does not hold, or with `bool` says 0 or 1.
///
/// @param bool comparisons answer instead of dropping
record Arithmetic(Operator operator, boolean bool, Steps steps) {

  Value apply(Value left, Value right) {
    return switch (left) {
      case Value.Constant(double a) ->
          switch (right) {
            case Value.Constant(double b) -> new Value.Constant(number(a, b));
            case Value.Rows(var rows) -> rows(rows, rows, a, Double.NaN);
          };
      case Value.Rows(var rows) ->
          switch (right) {
            case Value.Constant(double b) -> rows(rows, rows, Double.NaN, b);
            case Value.Rows(var others) -> rows(rows, others, Double.NaN, Double.NaN);
          };
    };
  }

  private double number(double a, double b) {
    return operator.compares() ? (holds(a, b) ? 1 : 0) : calculated(a, b);
  }

  /// A number on one side stands for each value of that side; NaN says that there is none. A kept
  /// value of a comparison is the series' own.
  private Value rows(Map<Labels, Row> left, Map<Labels, Row> right, double a, double b) {
    Map<Labels, Row> result = new TreeMap<>();
    left.forEach((labels, leftRow) -> {
      Row rightRow = right.get(labels);
      if (rightRow == null) {
        return;
      }
      Row row = new Row(steps.count());
      for (int i = 0; i < steps.count(); i++) {
        if (leftRow.has(i) && rightRow.has(i)) {
          double x = Double.isNaN(a) ? leftRow.value(i) : a;
          double y = Double.isNaN(b) ? rightRow.value(i) : b;
          if (!operator.compares() || bool) {
            row.set(i, number(x, y));
          } else if (holds(x, y)) {
            row.set(i, leftRow.value(i));
          }
        }
      }
      if (!row.isEmpty()) {
        result.put(labels, row);
      }
    });
    return new Value.Rows(result);
  }

  private boolean holds(double a, double b) {
    return switch (operator) {
      case EQUAL -> a == b;
      case NOT_EQUAL -> a != b;
      case GREATER -> a > b;
      case GREATER_EQUAL -> a >= b;
      case LESS -> a < b;
      case LESS_EQUAL -> a <= b;
      case ADD, SUBTRACT, MULTIPLY, DIVIDE, MODULO, POWER ->
          throw new IllegalStateException("BUG: not a comparison");
    };
  }

  private double calculated(double a, double b) {
    return switch (operator) {
      case ADD -> a + b;
      case SUBTRACT -> a - b;
      case MULTIPLY -> a * b;
      case DIVIDE -> a / b;
      case MODULO -> a % b;
      case POWER -> Math.pow(a, b);
      case EQUAL, NOT_EQUAL, GREATER, GREATER_EQUAL, LESS, LESS_EQUAL ->
          throw new IllegalStateException("BUG: not arithmetic");
    };
  }
}
