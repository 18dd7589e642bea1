@NullMarked
package hinomi.promql.plan;

import org.jspecify.annotations.NullMarked;
