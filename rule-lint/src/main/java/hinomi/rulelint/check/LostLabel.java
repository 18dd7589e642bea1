package hinomi.rulelint.check;

import hinomi.model.Labels;
import hinomi.promql.parse.Expr;
import hinomi.promql.parse.Matching;
import hinomi.rulelint.labels.Carried;
import hinomi.rulelint.labels.Carrying;
import java.util.ArrayList;
import java.util.List;

/// Labels that an expression asks for after it has taken them away: `sum by (host) (sum(x))`, or `a
/// * on (host) group_left (zone) sum by (host) (b)`.
final class LostLabel implements RuleCheck {
  @Override
  public List<Flaw> of(Subject subject) {
    List<Flaw> flaws = new ArrayList<>();
    Walk.all(subject.expr())
        .forEach(expr -> {
          switch (expr) {
            case Expr.Aggregate aggregate when !aggregate.without() -> grouped(aggregate, flaws);
            case Expr.Binary binary -> included(binary, flaws);
            default -> {}
          }
        });
    return flaws;
  }

  private static void grouped(Expr.Aggregate aggregate, List<Flaw> flaws) {
    Carried inner = Carrying.of(aggregate.inner());
    for (String label : aggregate.grouping()) {
      if (isLost(label, inner)) {
        flaws.add(
            Flaw.of(
                    Severity.WARNING,
                    aggregate,
                    "ラベル " + label + " はこの中の式で既に失われているため、まとめる単位になりません",
                    "by (" + label + "): what is aggregated here has lost the label " + label)
                .advising(
                    "内側の集計にも by (" + label + ") を付ける", "keep it in the inner aggregation, too"));
      }
    }
  }

  /// A name is on all that a selector finds, though no function leaves it there.
  private static boolean isLost(String label, Carried carried) {
    return !label.equals(Labels.NAME) && !carried.mayHave(label);
  }

  private static void included(Expr.Binary binary, List<Flaw> flaws) {
    Matching matching = binary.matching();
    if (!matching.grouped()) {
      return;
    }
    Expr one =
        matching.cardinality() == Matching.Cardinality.MANY_TO_ONE ? binary.right() : binary.left();
    Carried carried = Carrying.of(one);
    for (String label : matching.include()) {
      if (isLost(label, carried)) {
        flaws.add(
            Flaw.of(
                Severity.WARNING,
                one,
                "ラベル " + label + " はこちら側で失われているため、引き継がれず消えます",
                "this side has lost the label " + label + ": copying it takes it away"));
      }
    }
  }
}
