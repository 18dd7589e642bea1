package hinomi.promql.parse;

import hinomi.model.BadInput;

/// Refuses what can be read but means nothing: a range where a vector belongs, `bool` on a sum. The
/// rules, their words and their order are those of Prometheus' `checkAST`.
final class TypeCheck {
  private final String text;

  private TypeCheck(String text) {
    this.text = text;
  }

  static void check(Expr expr, String text) {
    new TypeCheck(text).visit(expr);
  }

  private void visit(Expr expr) {
    switch (expr) {
      case Expr.Aggregate aggregate -> aggregate(aggregate);
      case Expr.Call call -> call(call);
      case Expr.Binary binary -> {
        visit(binary.left());
        visit(binary.right());
        binary(binary);
      }
      case Expr.Signed signed -> signed(signed);
      case Expr.Subquery subquery -> {
        visit(subquery.inner());
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
      case Expr.RangeSelector range -> visit(range.selector());
      case Expr.Paren paren -> visit(paren.inner());
      case Expr.Once once -> visit(once.inner());
      case Expr.NumberLiteral _, Expr.TextLiteral _ -> {}
    }
  }

  private void signed(Expr.Signed signed) {
    visit(signed.inner());
    if (!isNumeric(signed.inner())) {
      throw wrong(
          signed,
          "unary expression only allowed on expressions of type scalar or instant vector, got "
              + Quoting.quote(signed.inner().type().documented()));
    }
  }

  private void aggregate(Expr.Aggregate aggregate) {
    expect(aggregate.inner(), Type.VECTOR, "aggregation expression");
    if (aggregate.operator().hasParameter()) {
      Type wanted = aggregate.operator() == Aggregation.COUNT_VALUES ? Type.TEXT : Type.SCALAR;
      expect(aggregate.parameter(), wanted, "aggregation parameter");
    }
  }

  private void expect(Expr expr, Type wanted, String context) {
    visit(expr);
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

  private void call(Expr.Call call) {
    Signature function = call.function();
    int given = call.arguments().size();
    int listed = function.arguments().size();
    String quoted = Quoting.quote(function.name());
    String where = " argument(s) in call to " + quoted + ", got " + given;
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
    boolean info = function.name().equals("info");
    if (info && given > 1) {
      labelSelector(call, call.arguments().get(1));
    }
    for (int i = 0; i < given; i++) {
      // What is asked of info series may fit all of them.
      if (!info || i == 0) {
        expect(call.arguments().get(i), function.argument(i), "call to function " + quoted);
      }
    }
  }

  /// The second argument of `info`: `{…}`, which selects labels.
  private static void labelSelector(Expr.Call call, Expr argument) {
    if (argument.type() != Type.VECTOR) {
      throw wrong(
          call,
          "expected type instant vector in call to function \"info\", got "
              + argument.type().documented());
    }
    if (!(argument instanceof Expr.Selector selector)) {
      throw wrong(argument, "expected label selectors only");
    }
    if (!selector.name().isEmpty()) {
      throw wrong(argument, "expected label selectors only, got vector selector instead");
    }
  }

  private void binary(Expr.Binary binary) {
    Operator operator = binary.operator();
    boolean scalars = binary.type() == Type.SCALAR;
    boolean vectors = binary.left().type() == Type.VECTOR && binary.right().type() == Type.VECTOR;
    Matching matching = binary.matching();
    if (binary.bool() && !operator.isComparison()) {
      throw sign(binary, "bool modifier can only be used on comparison operators");
    }
    if (operator.isComparison() && !binary.bool() && scalars) {
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
    String quoted = "\"" + operator.sign() + "\"";
    if (!vectors) {
      refuseMatching(binary, matching);
      if (operator.isSet()) {
        throw wrong(binary, "set operator " + quoted + " not allowed in binary scalar expression");
      }
    } else if (operator.isSet()) {
      refuseGrouping(binary, matching, quoted);
    }
    if (scalars && operator.isTrim()) {
      throw sign(binary, "operator " + quoted + " not allowed for Scalar operations");
    }
  }

  private static void refuseMatching(Expr.Binary binary, Matching matching) {
    if (!matching.labels().isEmpty()) {
      throw wrong(binary, "vector matching only allowed between instant vectors");
    }
    if (matching.fill().any()) {
      throw wrong(binary, "filling in missing series only allowed between instant vectors");
    }
  }

  private static void refuseGrouping(Expr.Binary binary, Matching matching, String quoted) {
    if (matching.grouped()) {
      throw wrong(
          binary,
          "no grouping allowed for "
              + quoted
              + " operation; set operations must always be many-to-many");
    }
    if (matching.fill().any()) {
      throw wrong(binary, "filling in missing series not allowed for set operators");
    }
  }

  private static void onlyNumbers(Expr side) {
    if (!isNumeric(side)) {
      throw wrong(side, "binary expression must contain only scalar and instant vector types");
    }
  }

  private static boolean isNumeric(Expr expr) {
    return expr.type() == Type.SCALAR || expr.type() == Type.VECTOR;
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
