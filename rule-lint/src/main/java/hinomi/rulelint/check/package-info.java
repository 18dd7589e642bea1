/// What rules are held against: one small class a check, each a pure function of a
/// [hinomi.rulelint.check.Subject]. [hinomi.rulelint.check.RuleChecks] names them all.
@NullMarked
package hinomi.rulelint.check;

import org.jspecify.annotations.NullMarked;
