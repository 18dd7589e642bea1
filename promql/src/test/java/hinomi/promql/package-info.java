/// Tests of the module.
@NullMarked
package hinomi.promql;

import org.jspecify.annotations.NullMarked;
