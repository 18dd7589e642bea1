package hinomi.rulelint.check;

import hinomi.alertengine.rule.Rule;
import hinomi.promql.parse.Expr;
import hinomi.promql.parse.Period;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/// A range that holds fewer than two samples of most sources: a rate needs two, and a host sends
/// every 15 seconds.
final class ShortRange implements RuleCheck {
  private static final long SHORT = 30_000;
  private static final Set<String> NEED_TWO =
      Set.of("rate", "irate", "increase", "delta", "idelta", "deriv", "predict_linear");

  @Override
  public List<Flaw> of(Subject subject) {
    if (subject.rule() instanceof Rule.Alerting alerting && alerting.isPushed()) {
      return List.of();
    }
    return Walk.calls(subject.expr())
        .filter(call -> NEED_TWO.contains(call.function().name()))
        .filter(call -> isShort(call.arguments().getFirst(), subject.every()))
        .map(call ->
            Flaw.of(
                Severity.NOTE,
                call.arguments().getFirst(),
                "15秒ごとに届くデータでは、この範囲に2点入らないことがあり、結果が途切れます",
                "with samples every 15 s there are not always two in this range, and without two"
                    + " there is no answer"))
        .toList();
  }

  /// Who evaluates more often has more samples.
  private static boolean isShort(Expr argument, Duration every) {
    return argument instanceof Expr.RangeSelector range
        && range.length() instanceof Period.Literal length
        && length.millis() < SHORT
        && (every.isZero() || length.millis() < 2 * every.toMillis());
  }
}
