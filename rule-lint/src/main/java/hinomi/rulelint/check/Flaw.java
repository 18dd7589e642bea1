package hinomi.rulelint.check;

import hinomi.model.Text;
import hinomi.promql.parse.Expr;

/// What a check has to say about one rule.
///
/// @param what is wrong, and what comes of it
/// @param advice what to write instead, or empty
public record Flaw(Spot spot, Severity severity, Text what, Text advice) {
  private static final Text NO_ADVICE = Text.same("");

  public static Flaw of(Severity severity, Spot spot, String ja, String en) {
    return new Flaw(spot, severity, new Text(ja, en), NO_ADVICE);
  }

  /// About a part of the expression.
  public static Flaw of(Severity severity, Expr part, String ja, String en) {
    return of(severity, new Spot.InExpression(part.span().start()), ja, en);
  }

  public Flaw advising(String ja, String en) {
    return new Flaw(spot, severity, what, new Text(ja, en));
  }
}
