package hinomi.rulelint.check;

import hinomi.promql.parse.Expr;
import java.util.List;

/// A crossed book is legal in an auction and while trading is halted.
final class CrossedBook implements RuleCheck {
  @Override
  public List<Flaw> of(Subject subject) {
    if (Market.isGated(subject)) {
      return List.of();
    }
    return Walk.filters(subject.expr())
        .filter(comparison -> names(comparison, "bid") && names(comparison, "ask"))
        .limit(1)
        .map(comparison ->
            Flaw.of(
                    Severity.WARNING,
                    comparison,
                    "板の交差は、板寄せや売買停止の間は正常です",
                    "a crossed book is legal in an auction and while trading is halted")
                .advising(
                    "連続売買のときに限る: and on (market) exch_market_phase{phase=\"continuous\"} == 1",
                    "look at it while trading is continuous: and on (market)"
                        + " exch_market_phase{phase=\"continuous\"} == 1"))
        .toList();
  }

  private static boolean names(Expr expr, String side) {
    return Walk.selectors(expr).anyMatch(selector -> selector.name().contains("best_" + side));
  }
}
