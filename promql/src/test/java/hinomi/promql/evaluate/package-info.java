/// Tests of the evaluation's parts.
@NullMarked
package hinomi.promql.evaluate;

import org.jspecify.annotations.NullMarked;
