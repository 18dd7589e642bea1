package hinomi.promql.parse;

import hinomi.model.Labels;
import hinomi.model.Matcher;
import java.math.BigDecimal;
import java.util.List;
import java.util.stream.Collectors;

/// Writes an expression in its canonical form, which is Prometheus' own: what it prints parses to
/// the same tree.
public final class Printer {
  private final StringBuilder out;

  private Printer(StringBuilder out) {
    this.out = out;
  }

  public static String print(Expr expr) {
    StringBuilder out = new StringBuilder();
    new Printer(out).expr(expr);
    return out.toString();
  }

  private void expr(Expr expr) {
    switch (expr) {
      case Expr.NumberLiteral number -> out.append(number(number.value(), number.duration()));
      case Expr.TextLiteral literal -> out.append(Quoting.quote(literal.value()));
      case Expr.Selector s ->
          out.append(bare(s))
              .append(at(s.when()))
              .append(s.reach().suffix())
              .append(offset(s.when()));
      case Expr.RangeSelector range -> {
        Expr.Selector s = range.selector();
        out.append(bare(s)).append('[').append(length(range.length())).append(']');
        out.append(s.reach().suffix()).append(at(s.when())).append(offset(s.when()));
      }
      case Expr.Subquery q -> {
        expr(q.inner());
        out.append('[').append(length(q.length())).append(':');
        out.append(q.every().isZero() ? "" : length(q.every())).append(']');
        out.append(at(q.when())).append(offset(q.when()));
      }
      case Expr.Aggregate a -> {
        out.append(a.operator().word()).append(grouping(a));
        list(a.arguments());
      }
      case Expr.Call call -> {
        out.append(call.function().name());
        list(call.arguments());
      }
      case Expr.Binary binary -> {
        expr(binary.left());
        out.append(' ').append(binary.operator().sign()).append(binary.bool() ? " bool" : "");
        out.append(matching(binary.matching())).append(' ');
        expr(binary.right());
      }
      case Expr.Signed signed -> {
        out.append(signed.minus() ? '-' : '+');
        expr(signed.inner());
      }
      case Expr.Paren paren -> {
        out.append('(');
        expr(paren.inner());
        out.append(')');
      }
      case Expr.Once once -> expr(once.inner());
    }
  }

  private void list(List<Expr> exprs) {
    out.append('(');
    String comma = "";
    for (Expr each : exprs) {
      out.append(comma);
      expr(each);
      comma = ", ";
    }
    out.append(')');
  }

  private static String number(double value, boolean duration) {
    return duration ? Durations.print(Math.round(value * 1000)) : Numbers.plain(value);
  }

  /// A length that stands alone is always printed as a duration.
  private static String length(Period period) {
    return period instanceof Period.Literal literal
        ? Durations.print(literal.millis())
        : arithmetic(period);
  }

  private static String arithmetic(Period period) {
    return switch (period) {
      case Period.Literal literal -> number(literal.seconds(), literal.duration());
      case Period.Step _ -> "step()";
      case Period.Range _ -> "range()";
      case Period.Paren paren -> "(" + arithmetic(paren.inner()) + ")";
      case Period.Signed signed -> (signed.minus() ? "-" : "") + arithmetic(signed.inner());
      case Period.Extreme e ->
          (e.largest() ? "max_of(" : "min_of(")
              + arithmetic(e.left())
              + ", "
              + arithmetic(e.right())
              + ")";
      case Period.Arithmetic sum ->
          arithmetic(sum.left()) + " " + sum.operator().sign() + " " + arithmetic(sum.right());
    };
  }

  private static String grouping(Expr.Aggregate aggregate) {
    if (aggregate.without()) {
      return " without (" + labels(aggregate.grouping()) + ") ";
    }
    return aggregate.grouping().isEmpty() ? "" : " by (" + labels(aggregate.grouping()) + ") ";
  }

  private static String matching(Matching matching) {
    StringBuilder text = new StringBuilder();
    if (!matching.labels().isEmpty() || matching.on() || matching.grouped()) {
      text.append(matching.on() ? " on (" : " ignoring (");
      text.append(labels(matching.labels())).append(")");
    }
    if (matching.grouped()) {
      boolean left = matching.cardinality() == Matching.Cardinality.MANY_TO_ONE;
      text.append(left ? " group_left (" : " group_right (");
      text.append(labels(matching.include())).append(")");
    }
    return text.append(fill(matching.fill())).toString();
  }

  private static String fill(Fill fill) {
    if (fill.left() && fill.right() && fill.leftValue() == fill.rightValue()) {
      return " fill (" + Numbers.general(fill.leftValue()) + ")";
    }
    return (fill.left() ? " fill_left (" + Numbers.general(fill.leftValue()) + ")" : "")
        + (fill.right() ? " fill_right (" + Numbers.general(fill.rightValue()) + ")" : "");
  }

  private static String labels(List<String> names) {
    return names.stream().map(Printer::label).collect(Collectors.joining(", "));
  }

  private static String label(String name) {
    return Quoting.isPlainLabel(name) ? name : Quoting.quote(name);
  }

  private static String bare(Expr.Selector selector) {
    String braces =
        selector.sorted().stream()
            .filter(matcher -> !isName(matcher, selector.name()))
            .map(Printer::matcher)
            .collect(Collectors.joining(","));
    return braces.isEmpty() ? selector.name() : selector.name() + "{" + braces + "}";
  }

  private static boolean isName(Matcher matcher, String name) {
    return !name.isEmpty()
        && matcher.name().equals(Labels.NAME)
        && matcher.kind() == Matcher.Kind.EQUAL
        && matcher.value().equals(name);
  }

  static String matcher(Matcher matcher) {
    return label(matcher.name()) + matcher.kind().sign() + Quoting.quote(matcher.value());
  }

  private static String at(When when) {
    return switch (when.at()) {
      case At.Step _ -> "";
      case At.Fixed fixed -> " @ " + fixed(fixed.millis());
      case At.Start _ -> " @ start()";
      case At.End _ -> " @ end()";
    };
  }

  private static String offset(When when) {
    return when.isShifted() ? " offset " + length(when.offset()) : "";
  }

  private static String fixed(long millis) {
    return BigDecimal.valueOf(millis, 3).toPlainString();
  }
}
