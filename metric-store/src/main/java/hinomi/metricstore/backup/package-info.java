/// Copies of the whole store, made while it runs.
@NullMarked
package hinomi.metricstore.backup;

import org.jspecify.annotations.NullMarked;
