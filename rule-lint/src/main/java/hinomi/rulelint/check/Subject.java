package hinomi.rulelint.check;

import hinomi.alertengine.rule.Rule;
import hinomi.promql.parse.Expr;
import hinomi.rulelint.labels.Carried;
import java.time.Duration;

/// A rule that is judged, with its expression as a tree.
///
/// @param every how often it is evaluated; zero means the configured default
/// @param expr with the places of its parts in the written text
/// @param carried which labels its elements may have
public record Subject(Duration every, Rule rule, Expr expr, Carried carried) {
  public boolean alerts() {
    return rule instanceof Rule.Alerting;
  }
}
