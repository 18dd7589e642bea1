/// Examples of what samples counted, the newest of them, with the way to their traces.
@NullMarked
package hinomi.metricstore.exemplar;

import org.jspecify.annotations.NullMarked;
