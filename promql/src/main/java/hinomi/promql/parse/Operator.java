package hinomi.promql.parse;

import java.util.Locale;
import java.util.Optional;

/// The binary operators, from weak to strong binding.
public enum Operator {
  OR("or", 1),
  AND("and", 2),
  UNLESS("unless", 2),
  EQUAL("==", 3),
  NOT_EQUAL("!=", 3),
  LESS("<", 3),
  LESS_OR_EQUAL("<=", 3),
  GREATER(">", 3),
  GREATER_OR_EQUAL(">=", 3),
  TRIM_UPPER("</", 3),
  TRIM_LOWER(">/", 3),
  ADD("+", 4),
  SUBTRACT("-", 4),
  MULTIPLY("*", 5),
  DIVIDE("/", 5),
  MODULO("%", 5),
  ATAN2("atan2", 5),
  POWER("^", 6);

  private final String sign;
  private final int binding;

  Operator(String sign, int binding) {
    this.sign = sign;
    this.binding = binding;
  }

  static Optional<Operator> of(String sign) {
    String lower = sign.toLowerCase(Locale.ROOT);
    for (Operator operator : values()) {
      if (operator.sign.equals(lower)) {
        return Optional.of(operator);
      }
    }
    return Optional.empty();
  }

  public String sign() {
    return sign;
  }

  int binding() {
    return binding;
  }

  boolean rightAssociative() {
    return this == POWER;
  }

  /// Whether durations are computed with it, too.
  boolean isOnPeriods() {
    return switch (this) {
      case ADD, SUBTRACT, MULTIPLY, DIVIDE, MODULO, POWER -> true;
      default -> false;
    };
  }

  /// `and`, `or`, `unless`.
  public boolean isSet() {
    return binding <= 2;
  }

  /// `</`, `>/`: cuts a native histogram's observations above or below a value off.
  public boolean isTrim() {
    return this == TRIM_UPPER || this == TRIM_LOWER;
  }

  public boolean isComparison() {
    return binding == 3 && !isTrim();
  }
}
