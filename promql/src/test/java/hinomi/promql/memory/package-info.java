@NullMarked
package hinomi.promql.memory;

import org.jspecify.annotations.NullMarked;
