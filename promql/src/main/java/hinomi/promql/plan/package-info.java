/// A checked tree → a tree to evaluate: [hinomi.promql.plan.Planner] gives `@ start()` its time,
/// takes parentheses away and marks what has the same answer at every step.
/// [hinomi.promql.plan.Anatomy] says what an expression looks at.
@NullMarked
package hinomi.promql.plan;

import org.jspecify.annotations.NullMarked;
