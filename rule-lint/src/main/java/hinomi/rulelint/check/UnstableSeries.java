package hinomi.rulelint.check;

import hinomi.promql.parse.Expr;
import java.util.List;
import java.util.Optional;

/// `topk(3, x) > 5`: who is among the first three changes from one evaluation to the next, and with
/// the labels the alert: it ends and begins, and its `for` with it.
final class UnstableSeries implements RuleCheck {
  @Override
  public List<Flaw> of(Subject subject) {
    if (!subject.alerts()) {
      return List.of();
    }
    return shown(subject.expr())
        .map(picked -> {
          String name = picked.operator().word();
          return Flaw.of(
                  Severity.WARNING,
                  picked,
                  name + " が選ぶ系列は評価のたびに変わり得るため、アラートが点滅し、forも数え直しになります",
                  "which series "
                      + name
                      + " picks may change with each evaluation: alerts come and go, and `for`"
                      + " begins anew")
              .advising("しきい値だけで絞り込む", "let the threshold alone decide");
        })
        .stream()
        .toList();
  }

  /// What picks, if its labels are those of the alert. One of each group is another matter: so one
  /// takes a single series where there may be two of the same.
  private static Optional<Expr.Aggregate> shown(Expr expr) {
    return switch (expr) {
      case Expr.Aggregate aggregate ->
          aggregate.operator().picks() && aggregate.grouping().isEmpty()
              ? Optional.of(aggregate)
              : Optional.empty();
      case Expr.Binary binary when binary.operator().isSet() -> shown(binary.left());
      case Expr.Subquery _ -> Optional.empty();
      default -> expr.parts().stream().flatMap(part -> shown(part).stream()).findFirst();
    };
  }
}
