package hinomi.promql.parse;

import hinomi.model.Matcher;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// An expression as plain maps, lists and values, in the shape in which Prometheus' `GET
/// /api/v1/parse_query` gives it (web/api/v1, translateAST). Fields are in alphabetical order, as
/// Go writes them; some values are null, as there.
public final class Trees {
  private Trees() {}

  /// The tree of an expression as it was parsed, not planned.
  public static Map<String, @Nullable Object> of(Expr expr) {
    return switch (expr) {
      case Expr.NumberLiteral number ->
          node("type", "numberLiteral", "val", Numbers.plain(number.value()));
      case Expr.TextLiteral text -> node("type", "stringLiteral", "val", text.value());
      case Expr.Selector selector -> selector(selector, "vectorSelector");
      case Expr.RangeSelector range -> {
        Map<String, @Nullable Object> node = selector(range.selector(), "matrixSelector");
        length(node, "range", range.length());
        yield node;
      }
      case Expr.Subquery q -> {
        Map<String, @Nullable Object> node = node("expr", of(q.inner()), "type", "subquery");
        when(node, q.when());
        length(node, "range", q.length());
        length(node, "step", q.every());
        yield node;
      }
      case Expr.Aggregate a ->
          node(
              "expr",
              of(a.inner()),
              "grouping",
              a.grouping(),
              "op",
              a.operator().word(),
              "param",
              a.operator().hasParameter() ? of(a.parameter()) : null,
              "type",
              "aggregation",
              "without",
              a.without());
      case Expr.Call call ->
          node(
              "args",
              call.arguments().stream().map(Trees::of).toList(),
              "func",
              function(call.function()),
              "type",
              "call");
      case Expr.Binary binary -> binary(binary);
      case Expr.Signed signed ->
          node("expr", of(signed.inner()), "op", signed.minus() ? "-" : "+", "type", "unaryExpr");
      case Expr.Paren paren -> node("expr", of(paren.inner()), "type", "parenExpr");
      case Expr.Once once -> of(once.inner());
    };
  }

  private static Map<String, @Nullable Object> selector(Expr.Selector selector, String type) {
    Map<String, @Nullable Object> node =
        node(
            "anchored",
            selector.reach() == Reach.ANCHORED,
            "matchers",
            selector.matchers().stream().map(Trees::matcher).toList(),
            "name",
            selector.name(),
            "smoothed",
            selector.reach() == Reach.SMOOTHED,
            "type",
            type);
    when(node, selector.when());
    return node;
  }

  private static Map<String, @Nullable Object> matcher(Matcher matcher) {
    return node("name", matcher.name(), "type", matcher.kind().sign(), "value", matcher.value());
  }

  private static void when(Map<String, @Nullable Object> node, When when) {
    length(node, "offset", when.offset());
    node.put("startOrEnd", null);
    node.put("timestamp", null);
    switch (when.at()) {
      case At.Start _ -> node.put("startOrEnd", "start");
      case At.End _ -> node.put("startOrEnd", "end");
      case At.Fixed fixed -> node.put("timestamp", fixed.millis());
      case At.Step _ -> {}
    }
  }

  /// Milliseconds of a literal under its name; arithmetic beside it, with 0 for what it comes to.
  private static void length(Map<String, @Nullable Object> node, String name, Period period) {
    boolean literal = period instanceof Period.Literal;
    node.put(name, literal ? period.millis() : 0L);
    node.put(name + "Expr", literal ? null : arithmetic(period, false));
  }

  private static Map<String, @Nullable Object> arithmetic(Period period, boolean wrapped) {
    return switch (period) {
      case Period.Literal literal when wrapped -> operation("+", null, literal(literal), true);
      case Period.Literal literal -> literal(literal);
      case Period.Paren paren -> arithmetic(paren.inner(), true);
      case Period.Step _ -> operation("step", null, null, wrapped);
      case Period.Range _ -> operation("range", null, null, wrapped);
      case Period.Signed signed ->
          operation(signed.minus() ? "-" : "+", null, arithmetic(signed.inner(), false), wrapped);
      case Period.Extreme e ->
          operation(
              e.largest() ? "max_of" : "min_of",
              arithmetic(e.left(), false),
              arithmetic(e.right(), false),
              wrapped);
      case Period.Arithmetic sum ->
          operation(
              sum.operator().sign(),
              arithmetic(sum.left(), false),
              arithmetic(sum.right(), false),
              wrapped);
    };
  }

  private static Map<String, @Nullable Object> literal(Period.Literal literal) {
    return node(
        "duration",
        literal.duration(),
        "type",
        "numberLiteral",
        "val",
        Numbers.plain(literal.seconds()));
  }

  private static Map<String, @Nullable Object> operation(
      String sign, @Nullable Object left, @Nullable Object right, boolean wrapped) {
    return node("lhs", left, "op", sign, "rhs", right, "type", "durationExpr", "wrapped", wrapped);
  }

  private static Map<String, @Nullable Object> function(Signature function) {
    return node(
        "argTypes",
        function.arguments().stream().map(Type::brief).toList(),
        "name",
        function.name(),
        "returnType",
        function.returns().brief(),
        "variadic",
        function.optional());
  }

  private static Map<String, @Nullable Object> binary(Expr.Binary binary) {
    boolean vectors = binary.left().type() == Type.VECTOR && binary.right().type() == Type.VECTOR;
    return node(
        "bool",
        binary.bool(),
        "lhs",
        of(binary.left()),
        "matching",
        vectors ? matching(binary.matching()) : null,
        "op",
        binary.operator().sign(),
        "rhs",
        of(binary.right()),
        "type",
        "binaryExpr");
  }

  private static Map<String, @Nullable Object> matching(Matching matching) {
    Fill fill = matching.fill();
    String card = matching.cardinality().name().toLowerCase(Locale.ROOT).replace('_', '-');
    return node(
        "card",
        card,
        "fillValues",
        node(
            "lhs",
            fill.left() ? fill.leftValue() : null,
            "rhs",
            fill.right() ? fill.rightValue() : null),
        "include",
        matching.include(),
        "labels",
        matching.labels(),
        "on",
        matching.on());
  }

  private static Map<String, @Nullable Object> node(@Nullable Object... namesAndValues) {
    Map<String, @Nullable Object> node = new TreeMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      node.put(String.valueOf(namesAndValues[i]), namesAndValues[i + 1]);
    }
    return node;
  }
}
