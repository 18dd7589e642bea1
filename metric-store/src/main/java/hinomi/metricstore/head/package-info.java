/// The newest hours in memory: every series once, its samples packed, found by label.
@NullMarked
package hinomi.metricstore.head;

import org.jspecify.annotations.NullMarked;
