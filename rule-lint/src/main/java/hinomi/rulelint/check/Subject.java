package hinomi.rulelint.check;

import hinomi.alertengine.rule.Rule;
import hinomi.alertengine.rule.WrittenRule;
import hinomi.promql.parse.Expr;
import hinomi.rulelint.labels.Carried;

/// A rule that is judged, with its expression as a tree.
///
/// @param expr with the places of its parts in the written text
/// @param carried which labels its elements may have
public record Subject(WrittenRule written, Rule rule, Expr expr, Carried carried) {
  public boolean alerts() {
    return rule instanceof Rule.Alerting;
  }
}
