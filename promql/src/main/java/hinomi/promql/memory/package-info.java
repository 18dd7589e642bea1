/// Series held in memory alone, for testing and replaying rules.
@NullMarked
package hinomi.promql.memory;

import org.jspecify.annotations.NullMarked;
