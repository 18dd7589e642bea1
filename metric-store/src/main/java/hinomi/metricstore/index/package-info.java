/// From label to series: which series of a head or a block fit a selector.
@NullMarked
package hinomi.metricstore.index;

import org.jspecify.annotations.NullMarked;
