package hinomi.rulelint.check;

import hinomi.promql.parse.Expr;
import hinomi.promql.parse.Operator;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/// Ways through the tree of an expression.
final class Walk {
  private Walk() {}

  /// The expression and all its parts, from left to right.
  static Stream<Expr> all(Expr expr) {
    return Stream.concat(Stream.of(expr), expr.parts().stream().flatMap(Walk::all));
  }

  /// Without parentheses around it.
  static Expr bare(Expr expr) {
    return expr instanceof Expr.Paren paren ? bare(paren.inner()) : expr;
  }

  static Stream<Expr.Selector> selectors(Expr expr) {
    return all(expr).filter(Expr.Selector.class::isInstance).map(Expr.Selector.class::cast);
  }

  static Stream<Expr.Call> calls(Expr expr) {
    return all(expr).filter(Expr.Call.class::isInstance).map(Expr.Call.class::cast);
  }

  /// Comparisons that keep elements or drop them.
  static Stream<Expr.Binary> filters(Expr expr) {
    return all(expr)
        .filter(Expr.Binary.class::isInstance)
        .map(Expr.Binary.class::cast)
        .filter(Walk::isFilter);
  }

  static boolean isFilter(Expr.Binary binary) {
    return binary.operator().isComparison() && !binary.bool();
  }

  /// What a number comes to, if it is one.
  static OptionalDouble constant(Expr expr) {
    return switch (bare(expr)) {
      case Expr.NumberLiteral number -> OptionalDouble.of(number.value());
      case Expr.Signed signed -> {
        OptionalDouble inner = constant(signed.inner());
        yield inner.isPresent() && signed.minus() ? OptionalDouble.of(-inner.getAsDouble()) : inner;
      }
      case Expr.Binary binary -> computed(binary);
      default -> OptionalDouble.empty();
    };
  }

  private static OptionalDouble computed(Expr.Binary binary) {
    OptionalDouble left = constant(binary.left());
    OptionalDouble right = constant(binary.right());
    if (left.isEmpty() || right.isEmpty()) {
      return OptionalDouble.empty();
    }
    double a = left.getAsDouble();
    double b = right.getAsDouble();
    return switch (binary.operator()) {
      case ADD -> OptionalDouble.of(a + b);
      case SUBTRACT -> OptionalDouble.of(a - b);
      case MULTIPLY -> OptionalDouble.of(a * b);
      case DIVIDE -> OptionalDouble.of(a / b);
      default -> OptionalDouble.empty();
    };
  }

  /// A comparison as if the number stood on the right.
  ///
  /// @param what is compared, without parentheses
  record Compared(Expr what, Operator operator, double with, Expr.Binary written) {}

  /// The filtering comparisons of anything with a number.
  static List<Compared> compared(Expr expr) {
    List<Compared> found = new ArrayList<>();
    filters(expr)
        .forEach(binary -> {
          OptionalDouble right = constant(binary.right());
          OptionalDouble left = constant(binary.left());
          if (right.isPresent() && left.isEmpty()) {
            found.add(
                new Compared(bare(binary.left()), binary.operator(), right.getAsDouble(), binary));
          } else if (left.isPresent() && right.isEmpty()) {
            found.add(
                new Compared(
                    bare(binary.right()), turned(binary.operator()), left.getAsDouble(), binary));
          }
        });
    return found;
  }

  static Operator turned(Operator operator) {
    return switch (operator) {
      case LESS -> Operator.GREATER;
      case LESS_OR_EQUAL -> Operator.GREATER_OR_EQUAL;
      case GREATER -> Operator.LESS;
      case GREATER_OR_EQUAL -> Operator.LESS_OR_EQUAL;
      default -> operator;
    };
  }

  /// The conditions that `and`, `or` and `unless` join, from left to right.
  static Stream<Expr> conditions(Expr expr) {
    Expr bare = bare(expr);
    return bare instanceof Expr.Binary binary && binary.operator().isSet()
        ? Stream.concat(conditions(binary.left()), conditions(binary.right()))
        : Stream.of(bare);
  }

  /// The conditions that `and` joins, from left to right.
  static Stream<Expr> conjuncts(Expr expr) {
    Expr bare = bare(expr);
    return bare instanceof Expr.Binary binary && binary.operator() == Operator.AND
        ? Stream.concat(conjuncts(binary.left()), conjuncts(binary.right()))
        : Stream.of(bare);
  }
}
