/// Kinds of rules that say in a few words what would be long or impossible to write in one
/// expression: an objective's burn rates, a forecast, an anomaly, an inventory, a composite of
/// other alerts, a condition on log lines. [KindReader] reads the key of the kind under `hinomi:`
/// into a [Kind]; a kind is a pure function to texts ([Generated]): recording rules and conditions
/// that are evaluated, shown, rehearsed and replayed like any other rule's.
@NullMarked
package hinomi.alertengine.rule.kind;

import org.jspecify.annotations.NullMarked;
