package hinomi.promql.parse;

import hinomi.model.BadInput;

/// Refuses what can be read but means nothing: a range where a vector belongs, `bool` on a sum. The
/// rules and their words are those of Prometheus' `checkAST`.
final class TypeCheck {
  private final String text;

  private TypeCheck(String text) {
    this.text = text;
  }

  static void check(Expr expr, String text) {
    new TypeCheck(text).visit(expr);
  }

  private void visit(Expr expr) {
    expr.parts().forEach(this::visit);
    switch (expr) {
      case Expr.Aggregate aggregate -> aggregate(aggregate);
      case Expr.Call call -> call(call);
      case Expr.Binary binary -> binary(binary);
      case Expr.Signed signed -> {
        Type type = signed.inner().type();
        if (type != Type.SCALAR && type != Type.VECTOR) {
          throw wrong(
              expr,
              "unary expression only allowed on expressions of type scalar or instant vector, got "
                  + Quoting.quote(type.documented()));
        }
      }
      case Expr.Subquery subquery -> {
        Type type = subquery.inner().type();
        if (type != Type.VECTOR) {
          throw wrong(
              expr, "subquery is only allowed on instant vector, got " + type.brief() + " instead");
        }
      }
      case Expr.Selector selector -> {
        if (selector.matchers().stream().allMatch(matcher -> matcher.matches(""))) {
          throw wrong(expr, "vector selector must contain at least one non-empty matcher");
        }
      }
      case Expr.NumberLiteral _,
          Expr.TextLiteral _,
          Expr.RangeSelector _,
          Expr.Paren _,
          Expr.Once _ -> {}
    }
  }

  private static void aggregate(Expr.Aggregate aggregate) {
    expect(aggregate.inner(), Type.VECTOR, "aggregation expression");
    if (aggregate.operator().hasParameter()) {
      Type wanted = aggregate.operator() == Aggregation.COUNT_VALUES ? Type.TEXT : Type.SCALAR;
      expect(aggregate.parameter(), wanted, "aggregation parameter");
    }
  }

  private static void expect(Expr expr, Type wanted, String context) {
    if (expr.type() != wanted) {
      throw wrong(
          expr,
          "expected type "
              + wanted.documented()
              + " in "
              + context
              + ", got "
              + expr.type().documented());
    }
  }

  private static void call(Expr.Call call) {
    Signature function = call.function();
    int given = call.arguments().size();
    int listed = function.arguments().size();
    String where = " argument(s) in call to " + Quoting.quote(function.name()) + ", got " + given;
    if (function.optional() == 0 && given != listed) {
      throw wrong(call, "expected " + listed + where);
    }
    if (function.optional() != 0 && given < listed - 1) {
      throw wrong(call, "expected at least " + (listed - 1) + where);
    }
    int most = listed - 1 + function.optional();
    if (function.optional() > 0 && given > most) {
      throw wrong(call, "expected at most " + most + where);
    }
    for (int i = 0; i < given; i++) {
      expect(
          call.arguments().get(i),
          function.argument(i),
          "call to function " + Quoting.quote(function.name()));
    }
  }

  private void binary(Expr.Binary binary) {
    Operator operator = binary.operator();
    Type left = binary.left().type();
    Type right = binary.right().type();
    Matching matching = binary.matching();
    boolean vectors = left == Type.VECTOR && right == Type.VECTOR;
    if (binary.bool() && !operator.isComparison()) {
      throw sign(binary, "bool modifier can only be used on comparison operators");
    }
    if (operator.isComparison() && !binary.bool() && left == Type.SCALAR && right == Type.SCALAR) {
      throw sign(binary, "comparisons between scalars must use BOOL modifier");
    }
    for (String label : matching.labels()) {
      if (matching.on() && matching.include().contains(label)) {
        throw sign(
            binary,
            "label " + Quoting.quote(label) + " must not occur in ON and GROUP clause at once");
      }
    }
    onlyNumbers(binary.left());
    onlyNumbers(binary.right());
    if (!vectors && !matching.labels().isEmpty()) {
      throw wrong(binary, "vector matching only allowed between instant vectors");
    }
    if (vectors && operator.isSet() && matching.grouped()) {
      throw wrong(
          binary,
          "no grouping allowed for \""
              + operator.sign()
              + "\" operation; set operations must always be many-to-many");
    }
    if (!vectors && operator.isSet()) {
      throw wrong(
          binary,
          "set operator \"" + operator.sign() + "\" not allowed in binary scalar expression");
    }
  }

  private static void onlyNumbers(Expr side) {
    if (side.type() != Type.SCALAR && side.type() != Type.VECTOR) {
      throw wrong(side, "binary expression must contain only scalar and instant vector types");
    }
  }

  private static BadInput wrong(Expr expr, String message) {
    return new BadInput(message, expr.span().start());
  }

  /// A mistake at the operator's sign, not at the beginning of its left side.
  private BadInput sign(Expr.Binary binary, String message) {
    int at = binary.left().span().end();
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
    return new BadInput(message, at);
  }
}
