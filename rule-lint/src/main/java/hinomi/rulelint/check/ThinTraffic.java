package hinomi.rulelint.check;

import hinomi.alertengine.rule.Rule;
import hinomi.promql.parse.Expr;
import hinomi.promql.parse.Operator;
import java.util.List;
import java.util.regex.Pattern;

/// A share of failures with a threshold so low that on a thin market one failed order is above it.
final class ThinTraffic implements RuleCheck {
  /// One failure in fifty.
  private static final double LOW = 0.02;

  private static final Pattern RATIO = Pattern.compile("ratio|burn|error_rate");

  @Override
  public List<Flaw> of(Subject subject) {
    if (!(subject.rule() instanceof Rule.Alerting alerting)
        || alerting.watch().minSamples() > 0
        || !Market.concerns(subject)) {
      return List.of();
    }
    List<Expr> conditions = Walk.conjuncts(subject.expr()).toList();
    List<Walk.Compared> own =
        Walk.compared(subject.expr()).stream()
            .filter(compared -> conditions.contains(compared.written()))
            .toList();
    if (own.stream().anyMatch(ThinTraffic::isGuard)) {
      return List.of();
    }
    return own.stream()
        .filter(ThinTraffic::isLowShare)
        .limit(1)
        .map(compared -> flaw(compared.written(), compared.with()))
        .toList();
  }

  /// That there is enough traffic.
  private static boolean isGuard(Walk.Compared compared) {
    return isAbove(compared.operator()) && !isShare(compared.what()) && compared.with() > LOW;
  }

  private static boolean isLowShare(Walk.Compared compared) {
    return isAbove(compared.operator())
        && isShare(compared.what())
        && compared.with() > 0
        && compared.with() < LOW;
  }

  private static boolean isAbove(Operator operator) {
    return operator == Operator.GREATER || operator == Operator.GREATER_OR_EQUAL;
  }

  private static boolean isShare(Expr expr) {
    Expr bare = Walk.bare(expr);
    boolean divides =
        bare instanceof Expr.Binary binary
            && binary.operator() == Operator.DIVIDE
            && Walk.calls(binary.right())
                .anyMatch(call -> call.function().name().matches("rate|irate|increase"));
    return divides
        || (bare instanceof Expr.Selector selector && RATIO.matcher(selector.name()).find());
  }

  private static Flaw flaw(Expr expr, double share) {
    long one = Math.round(1 / share);
    return Flaw.of(
            Severity.WARNING,
            expr,
            "取引が少ないときは、" + one + "件に1件の失敗だけで超えます",
            "on thin traffic one failure in " + one + " is above this already")
        .advising(
            "件数の下限を and で加えるか、hinomi: {objective: {…, min-errors: 5}} を使う",
            "ask with and for a number of events, too, or use hinomi: {objective: {…, min-errors:"
                + " 5}}");
  }
}
