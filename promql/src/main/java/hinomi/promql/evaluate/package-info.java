/// A planned tree → values on a grid of steps. [hinomi.promql.evaluate.Evaluator] walks the tree;
/// selectors read their series once for all steps and every operation then works on whole rows, one
/// [hinomi.promql.evaluate.Row] a series with one value a step. Functions stand in one file a
/// family; [hinomi.promql.evaluate.Functions] is their list.
@NullMarked
package hinomi.promql.evaluate;

import org.jspecify.annotations.NullMarked;
