/// Laws and examples of histogram arithmetic.
@NullMarked
package hinomi.promql.histogram;

import org.jspecify.annotations.NullMarked;
