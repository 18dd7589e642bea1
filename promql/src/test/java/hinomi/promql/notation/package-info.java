@NullMarked
package hinomi.promql.notation;

import org.jspecify.annotations.NullMarked;
