package hinomi.rulelint.check;

import hinomi.promql.parse.Expr;
import hinomi.promql.parse.Operator;
import java.util.List;
import java.util.Optional;

/// `errors_total > 10`: a counter grows until its process is started anew, so the alert fires for
/// ever, and is over for the wrong reason.
final class CounterAsGauge implements RuleCheck {
  @Override
  public List<Flaw> of(Subject subject) {
    if (!subject.alerts()) {
      return List.of();
    }
    List<Expr> conditions = Walk.conditions(subject.expr()).toList();
    return Walk.compared(subject.expr()).stream()
        .filter(compared -> conditions.contains(compared.written()))
        .filter(compared ->
            compared.operator() == Operator.GREATER
                || compared.operator() == Operator.GREATER_OR_EQUAL)
        .flatMap(compared -> counter(compared.what()).stream())
        .filter(counter -> isAskedOnce(counter.name(), subject))
        .map(counter ->
            Flaw.of(
                    Severity.WARNING,
                    counter,
                    counter.name() + " は名前からするとカウンターで、増え続けるため、一度超えると鳴りやみません",
                    counter.name()
                        + " is a counter, by its name, and only grows: once above, it stays above")
                .advising(
                    "increase(" + counter.name() + "[5m]) を比べる",
                    "compare increase(" + counter.name() + "[5m])"))
        .toList();
  }

  /// `a / b_total > 0.8 and b_total > 0` keeps from dividing by zero.
  private static boolean isAskedOnce(String name, Subject subject) {
    return Walk.selectors(subject.expr()).filter(one -> one.name().equals(name)).count() == 1;
  }

  private static Optional<Expr.Selector> counter(Expr expr) {
    return switch (Walk.bare(expr)) {
      case Expr.Selector selector when selector.name().endsWith("_total") -> Optional.of(selector);
      case Expr.Aggregate aggregate
          when switch (aggregate.operator()) {
            case SUM, MAX, MIN, AVG -> true;
            default -> false;
          } ->
          counter(aggregate.inner());
      default -> Optional.empty();
    };
  }
}
