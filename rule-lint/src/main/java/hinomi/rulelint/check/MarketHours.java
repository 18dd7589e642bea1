package hinomi.rulelint.check;

import hinomi.promql.parse.Expr;
import hinomi.promql.parse.Operator;
import java.util.List;
import java.util.Optional;

/// A rule about a market that calls quiet bad, and does not ask whether the market is open: it
/// pages every weekend.
final class MarketHours implements RuleCheck {
  @Override
  public List<Flaw> of(Subject subject) {
    if (!subject.alerts() || !Market.concerns(subject) || Market.isGated(subject)) {
      return List.of();
    }
    return quiet(subject.expr())
        .map(expr ->
            Flaw.of(
                    Severity.WARNING,
                    expr,
                    "市場が閉じている間もこの条件は成り立ち、週末や休場日に鳴ります",
                    "this holds while the market is closed, too, and pages on weekends and"
                        + " holidays")
                .advising(
                    "hinomi: {when: {calendar: …, phase: […]}} か and on (market) exch_market_open"
                        + " == 1 を加える",
                    "add hinomi: {when: {calendar: …, phase: […]}}, or and on (market)"
                        + " exch_market_open == 1"))
        .stream()
        .toList();
  }

  private static Optional<Expr> quiet(Expr expr) {
    return Walk.compared(expr).stream()
        .filter(MarketHours::isQuiet)
        .map(compared -> (Expr) compared.written())
        .findFirst();
  }

  /// No activity is below any threshold, and the newest message grows old.
  private static boolean isQuiet(Walk.Compared compared) {
    boolean isActivity =
        Walk.calls(compared.what())
                .anyMatch(call ->
                    call.function().name().matches("rate|irate|increase|changes|count_over_time"))
            && Walk.all(compared.what())
                .noneMatch(part ->
                    part instanceof Expr.Binary binary && binary.operator() == Operator.DIVIDE);
    boolean isAge =
        Walk.all(compared.what())
            .anyMatch(part ->
                part instanceof Expr.Binary binary
                    && binary.operator() == Operator.SUBTRACT
                    && Walk.bare(binary.left()) instanceof Expr.Call call
                    && call.function().name().equals("time"));
    return switch (compared.operator()) {
      case LESS, LESS_OR_EQUAL -> isActivity || isAge;
      case EQUAL -> isActivity && compared.with() == 0;
      case GREATER, GREATER_OR_EQUAL -> isAge;
      default -> false;
    };
  }
}
