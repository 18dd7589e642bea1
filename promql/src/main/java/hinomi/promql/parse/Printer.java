package hinomi.promql.parse;

import hinomi.model.Labels;
import hinomi.model.Matcher;
import java.math.BigDecimal;
import java.util.List;
import java.util.stream.Collectors;

/// Writes an expression in its canonical form, which is Prometheus' own: what it prints parses to
/// the same tree.
public final class Printer {
  private Printer() {}

  public static String print(Expr expr) {
    return switch (expr) {
      case Expr.NumberLiteral number ->
          number.duration()
              ? Durations.print(Math.round(number.value() * 1000))
              : Numbers.plain(number.value());
      case Expr.TextLiteral literal -> Quoting.quote(literal.value());
      case Expr.Selector selector -> bare(selector) + when(selector.at(), selector.offset());
      case Expr.RangeSelector range -> {
        Expr.Selector selector = range.selector();
        String brackets = "[" + Durations.print(range.range()) + "]";
        yield bare(selector) + brackets + when(selector.at(), selector.offset());
      }
      case Expr.Subquery subquery -> {
        String step = subquery.step() == 0 ? "" : Durations.print(subquery.step());
        String brackets = "[" + Durations.print(subquery.range()) + ":" + step + "]";
        yield print(subquery.inner()) + brackets + when(subquery.at(), subquery.offset());
      }
      case Expr.Aggregate aggregate ->
          aggregate.operator().word()
              + grouping(aggregate)
              + "("
              + list(aggregate.arguments())
              + ")";
      case Expr.Call call -> call.function().name() + "(" + list(call.arguments()) + ")";
      case Expr.Binary binary ->
          print(binary.left())
              + " "
              + binary.operator().sign()
              + (binary.bool() ? " bool" : "")
              + matching(binary.matching())
              + " "
              + print(binary.right());
      case Expr.Signed signed -> (signed.minus() ? "-" : "+") + print(signed.inner());
      case Expr.Paren paren -> "(" + print(paren.inner()) + ")";
      case Expr.Once once -> print(once.inner());
    };
  }

  private static String list(List<Expr> exprs) {
    return exprs.stream().map(Printer::print).collect(Collectors.joining(", "));
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
    return text.toString();
  }

  private static String labels(List<String> names) {
    return names.stream().map(Printer::label).collect(Collectors.joining(", "));
  }

  private static String label(String name) {
    return Quoting.isPlainLabel(name) ? name : Quoting.quote(name);
  }

  private static String bare(Expr.Selector selector) {
    String braces =
        selector.matchers().stream()
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

  private static String when(At at, long offset) {
    String shift = offset == 0 ? "" : " offset " + Durations.print(offset);
    return switch (at) {
          case At.Step _ -> "";
          case At.Fixed fixed -> " @ " + fixed(fixed.millis());
          case At.Start _ -> " @ start()";
          case At.End _ -> " @ end()";
        }
        + shift;
  }

  private static String fixed(long millis) {
    return BigDecimal.valueOf(millis, 3).toPlainString();
  }
}
