package hinomi.promql.evaluate;

import hinomi.promql.parse.Operator;

/// Binary operators on two numbers, with the special cases of Go's `math`.
final class Arithmetic {
  private Arithmetic() {}

  /// The result; of a comparison 1 or 0.
  static double apply(Operator operator, double a, double b) {
    return switch (operator) {
      case ADD -> a + b;
      case SUBTRACT -> a - b;
      case MULTIPLY -> a * b;
      case DIVIDE -> a / b;
      case MODULO -> a % b;
      case POWER -> power(a, b);
      case ATAN2 -> Math.atan2(a, b);
      case EQUAL, NOT_EQUAL, LESS, LESS_OR_EQUAL, GREATER, GREATER_OR_EQUAL ->
          holds(operator, a, b) ? 1 : 0;
      case TRIM_UPPER, TRIM_LOWER -> Row.ABSENT;
      case AND, OR, UNLESS -> throw new IllegalStateException("BUG: a set operator on numbers");
    };
  }

  static boolean holds(Operator operator, double a, double b) {
    return switch (operator) {
      case EQUAL -> a == b;
      case NOT_EQUAL -> a != b;
      case LESS -> a < b;
      case LESS_OR_EQUAL -> a <= b;
      case GREATER -> a > b;
      case GREATER_OR_EQUAL -> a >= b;
      case ADD,
          SUBTRACT,
          MULTIPLY,
          DIVIDE,
          MODULO,
          POWER,
          ATAN2,
          TRIM_UPPER,
          TRIM_LOWER,
          AND,
          OR,
          UNLESS ->
          throw new IllegalStateException("BUG: " + operator + " compares nothing");
    };
  }

  /// Unlike Java, 1 to any power is 1, and so is −1 to an infinite one.
  private static double power(double a, double b) {
    return a == 1 || (a == -1 && Double.isInfinite(b)) ? 1 : Math.pow(a, b);
  }
}
