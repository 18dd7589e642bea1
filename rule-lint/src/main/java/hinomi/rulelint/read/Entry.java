package hinomi.rulelint.read;

import hinomi.alertengine.rule.Rule;
import hinomi.alertengine.rule.RuleGroup;
import hinomi.alertengine.rule.WrittenRule;
import hinomi.alertengine.template.Template;
import hinomi.model.Matcher;
import hinomi.promql.parse.Expr;
import hinomi.rulelint.labels.Carried;
import java.util.Optional;

/// A rule of a file.
///
/// @param group to which it belongs
/// @param expr the tree of its expression, if that is PromQL
/// @param carried which labels its elements may have
public record Entry(
    RuleGroup group, WrittenRule written, Rule rule, Optional<Expr> expr, Carried carried) {
  /// Whether an alert of this rule may fit a matcher.
  public boolean mayFit(Matcher matcher) {
    if (!(rule instanceof Rule.Alerting alerting)) {
      return false;
    }
    if (matcher.name().equals("alertname")) {
      return matcher.matches(rule.name());
    }
    Template own = alerting.labels().get(matcher.name());
    if (own != null) {
      return !own.isPlain() || matcher.matches(own.source());
    }
    return matcher.name().equals("alertstate_reason")
        || carried.mayHave(matcher.name())
        || matcher.matches("");
  }
}
