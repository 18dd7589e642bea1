package hinomi.rulelint.check;

import hinomi.promql.parse.Expr;
import java.util.List;

/// An alert whose expression yields its elements whatever their values are: it fires for as long as
/// there are data, also when they say 0.
final class NoCondition implements RuleCheck {
  @Override
  public List<Flaw> of(Subject subject) {
    Expr expr = subject.expr();
    if (!subject.alerts() || Walk.selectors(expr).findAny().isEmpty() || decides(expr)) {
      return List.of();
    }
    boolean bool = Walk.bare(expr) instanceof Expr.Binary binary && binary.bool();
    return List.of(
        bool
            ? Flaw.of(
                    Severity.ERROR,
                    expr,
                    "bool付きの比較は0か1を返すだけで絞り込みません。データがある限り鳴り続けます",
                    "a comparison with bool answers 0 or 1 and drops nothing: this fires for as"
                        + " long as there are data")
                .advising("boolを外すか、== 1 を付ける", "leave bool out, or compare the answer: == 1")
            : Flaw.of(
                    isChosen(expr) ? Severity.NOTE : Severity.WARNING,
                    expr,
                    "条件がありません。値が0でもデータがある限り鳴り続けます",
                    "there is no condition: this fires for as long as there are data, also when"
                        + " they say 0")
                .advising("> 0 のような比較を付ける", "compare it, as with > 0"));
  }

  /// Whether a label has a value that is condition enough, as of an `_info` metric.
  private static boolean isChosen(Expr expr) {
    return Walk.bare(expr) instanceof Expr.Selector selector
        && selector.matchers().stream()
            .anyMatch(
                matcher -> !matcher.name().matches("__name__|job|instance|namespace|cluster"));
  }

  /// Whether elements come and go with what the data say.
  private static boolean decides(Expr expr) {
    return switch (expr) {
      case Expr.Binary binary ->
          switch (binary.operator()) {
            case AND, UNLESS -> true;
            case OR -> decides(binary.left()) && decides(binary.right());
            default -> Walk.isFilter(binary) || decides(binary.left()) || decides(binary.right());
          };
      case Expr.Call call when call.function().name().startsWith("absent") -> true;
      case Expr.Selector selector ->
          selector.name().equals("ALERTS")
              || selector.matchers().stream()
                  .anyMatch(matcher -> matcher.name().equals("alertstate"));
      case Expr.NumberLiteral _, Expr.TextLiteral _ -> false;
      default -> expr.parts().stream().anyMatch(NoCondition::decides);
    };
  }
}
