/// Reading: what the head and the blocks hold of a series becomes one line of samples.
@NullMarked
package hinomi.metricstore.select;

import org.jspecify.annotations.NullMarked;
