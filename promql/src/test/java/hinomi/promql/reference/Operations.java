package hinomi.promql.reference;

import hinomi.model.Labels;
import hinomi.promql.parse.Expr;
import hinomi.promql.parse.Matching;
import hinomi.promql.parse.Operator;
import hinomi.promql.parse.Type;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/// One binary operation at one time, of which a side is a vector.
final class Operations {
  private final Expr.Binary binary;
  private final Operator operator;
  private final Matching matching;
  private final Reference reference;
  private final long now;

  Operations(Reference reference, Expr.Binary binary, long now) {
    this.reference = reference;
    this.binary = binary;
    this.operator = binary.operator();
    this.matching = binary.matching();
    this.now = now;
  }

  static double number(Operator operator, double a, double b) {
    return switch (operator) {
      case ADD -> a + b;
      case SUBTRACT -> a - b;
      case MULTIPLY -> a * b;
      case DIVIDE -> a / b;
      case MODULO -> a % b;
      case POWER -> a == 1 ? 1 : Math.pow(a, b);
      case ATAN2 -> Math.atan2(a, b);
      case EQUAL -> a == b ? 1 : 0;
      case NOT_EQUAL -> a != b ? 1 : 0;
      case LESS -> a < b ? 1 : 0;
      case LESS_OR_EQUAL -> a <= b ? 1 : 0;
      case GREATER -> a > b ? 1 : 0;
      case GREATER_OR_EQUAL -> a >= b ? 1 : 0;
      default -> throw new IllegalArgumentException(operator.sign());
    };
  }

  Map<Labels, Double> result() {
    if (binary.left().type() == Type.SCALAR) {
      double scalar = reference.scalar(binary.left(), now);
      return besideScalar(reference.vector(binary.right(), now), scalar, true);
    }
    if (binary.right().type() == Type.SCALAR) {
      Map<Labels, Double> vector = reference.vector(binary.left(), now);
      return besideScalar(vector, reference.scalar(binary.right(), now), false);
    }
    Map<Labels, Double> left = reference.vector(binary.left(), now);
    Map<Labels, Double> right = reference.vector(binary.right(), now);
    return operator.isSet() ? set(left, right) : matched(left, right);
  }

  private boolean filters() {
    return operator.isComparison() && !binary.bool();
  }

  private Map<Labels, Double> besideScalar(
      Map<Labels, Double> vector, double scalar, boolean scalarFirst) {
    Map<Labels, Double> result = new LinkedHashMap<>();
    vector.forEach((labels, value) -> {
      double number =
          scalarFirst ? number(operator, scalar, value) : number(operator, value, scalar);
      if (!filters()) {
        Reference.put(result, Reference.nameless(labels), number);
      } else if (number == 1) {
        Reference.put(result, labels, value);
      }
    });
    return result;
  }

  private Labels signature(Labels labels) {
    return matching.on()
        ? labels.only(matching.labels())
        : labels.without(matching.labels()).without(Labels.NAME);
  }

  private Map<Labels, Double> set(Map<Labels, Double> left, Map<Labels, Double> right) {
    Map<Labels, Double> result = new LinkedHashMap<>();
    Set<Labels> others = new HashSet<>();
    Map<Labels, Double> other = operator == Operator.OR ? left : right;
    other.keySet().forEach(labels -> others.add(signature(labels)));
    if (operator == Operator.OR) {
      result.putAll(left);
    }
    (operator == Operator.OR ? right : left)
        .forEach((labels, value) -> {
          if (others.contains(signature(labels)) == (operator == Operator.AND)) {
            Reference.put(result, labels, value);
          }
        });
    return result;
  }

  private Map<Labels, Double> matched(Map<Labels, Double> left, Map<Labels, Double> right) {
    Map<Labels, Double> result = new LinkedHashMap<>();
    if (left.isEmpty() || right.isEmpty()) {
      return result;
    }
    boolean swapped = matching.cardinality() == Matching.Cardinality.ONE_TO_MANY;
    Map<Labels, Labels> ones = new LinkedHashMap<>();
    Map<Labels, Double> one = swapped ? left : right;
    for (Labels labels : one.keySet()) {
      if (ones.put(signature(labels), labels) != null) {
        throw new Reference.NoAnswer("two on the one side");
      }
    }
    Set<Object> seen = new HashSet<>();
    (swapped ? right : left)
        .forEach((labels, value) -> {
          Labels partner = ones.get(signature(labels));
          if (partner != null) {
            double other = one.getOrDefault(partner, Double.NaN);
            Labels to = resultLabels(labels, partner);
            if (!seen.add(matching.grouped() ? to : signature(labels))) {
              throw new Reference.NoAnswer("matched twice");
            }
            double a = swapped ? other : value;
            double number = number(operator, a, swapped ? value : other);
            if (!filters() || number == 1) {
              Reference.put(result, to, filters() ? a : number);
            }
          }
        });
    return result;
  }

  private Labels resultLabels(Labels many, Labels one) {
    Labels labels = filters() ? many : Reference.nameless(many);
    if (!matching.grouped()) {
      return matching.on() ? labels.only(matching.labels()) : labels.without(matching.labels());
    }
    for (String name : matching.include()) {
      labels = labels.with(name, one.get(name));
    }
    return labels;
  }
}
