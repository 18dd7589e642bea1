package hinomi.rulelint.labels;

import hinomi.model.Labels;
import hinomi.model.Matcher;
import hinomi.promql.parse.Aggregation;
import hinomi.promql.parse.Expr;
import hinomi.promql.parse.Matching;
import hinomi.promql.parse.Operator;
import hinomi.promql.parse.Type;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Finds out which labels an expression's elements may have (Prometheus, docs/querying/operators
/// and functions), without looking at any series.
public final class Carrying {
  private Carrying() {}

  public static Carried of(Expr expr) {
    return switch (expr) {
      case Expr.NumberLiteral _, Expr.TextLiteral _ -> Carried.NONE;
      case Expr.Selector selector -> selected(selector);
      case Expr.RangeSelector range -> of(range.selector());
      case Expr.Subquery subquery -> of(subquery.inner());
      case Expr.Aggregate aggregate -> aggregated(aggregate);
      case Expr.Call call -> called(call);
      case Expr.Binary binary -> joined(binary);
      case Expr.Signed signed -> of(signed.inner());
      case Expr.Paren paren -> of(paren.inner());
      case Expr.Once once -> of(once.inner());
    };
  }

  private static Carried selected(Expr.Selector selector) {
    Set<String> sure = new HashSet<>();
    Set<String> never = new HashSet<>(Set.of(Labels.NAME));
    for (Matcher matcher : selector.matchers()) {
      if (matcher.kind() == Matcher.Kind.EQUAL && matcher.value().isEmpty()) {
        never.add(matcher.name());
      } else if (!matcher.matches("") && !matcher.name().equals(Labels.NAME)) {
        sure.add(matcher.name());
      }
    }
    return Carried.ANY.without(never).surely(sure);
  }

  private static Carried aggregated(Expr.Aggregate aggregate) {
    Carried inner = of(aggregate.inner());
    if (aggregate.operator().picks()) {
      return inner;
    }
    Carried kept =
        aggregate.without()
            ? inner.without(aggregate.grouping())
            : inner.only(aggregate.grouping());
    return aggregate.operator() == Aggregation.COUNT_VALUES
            && aggregate.parameter() instanceof Expr.TextLiteral label
        ? kept.surely(List.of(label.value()))
        : kept;
  }

  private static Carried called(Expr.Call call) {
    return switch (call.function().name()) {
      case "absent", "absent_over_time" -> absent(call.arguments().getFirst());
      case "vector", "time", "pi", "scalar" -> Carried.NONE;
      case "histogram_quantile", "histogram_fraction" ->
          of(call.arguments().getLast()).without(List.of("le"));
      case "label_replace", "label_join" -> {
        Carried inner = of(call.arguments().getFirst());
        yield call.arguments().get(1) instanceof Expr.TextLiteral target
            ? inner.with(List.of(target.value()))
            : Carried.ANY;
      }
      case "info" -> Carried.ANY;
      default ->
          call.arguments().stream()
              .map(Carrying::of)
              .filter(carried -> !carried.equals(Carried.NONE))
              .findFirst()
              .orElse(Carried.NONE);
    };
  }

  /// What `absent` makes of a selector: the labels that it asks for with `=`.
  private static Carried absent(Expr argument) {
    Expr bare = argument;
    while (bare instanceof Expr.Paren paren) {
      bare = paren.inner();
    }
    Expr.Selector selector =
        switch (bare) {
          case Expr.Selector plain -> plain;
          case Expr.RangeSelector range -> range.selector();
          default -> null;
        };
    if (selector == null) {
      return Carried.NONE;
    }
    List<String> equal =
        selector.matchers().stream()
            .filter(matcher -> matcher.kind() == Matcher.Kind.EQUAL)
            .map(Matcher::name)
            .filter(name -> !name.equals(Labels.NAME))
            .toList();
    return Carried.NONE.surely(equal);
  }

  private static Carried joined(Expr.Binary binary) {
    Carried left = of(binary.left());
    Carried right = of(binary.right());
    if (binary.left().type() != binary.right().type()) {
      return binary.left().type() == Type.SCALAR ? right : left;
    }
    if (binary.operator() == Operator.OR) {
      return left.or(right);
    }
    if (binary.operator().isSet()) {
      return left;
    }
    Matching matching = binary.matching();
    return switch (matching.cardinality()) {
      case MANY_TO_ONE -> including(left, right, matching.include());
      case ONE_TO_MANY -> including(right, left, matching.include());
      case ONE_TO_ONE, MANY_TO_MANY ->
          matching.on() ? left.only(matching.labels()) : left.without(matching.labels());
    };
  }

  /// Labels that are copied from the one side are as they are there, or are not there.
  private static Carried including(Carried many, Carried one, List<String> labels) {
    return many.without(labels).with(labels.stream().filter(one::mayHave).toList());
  }
}
