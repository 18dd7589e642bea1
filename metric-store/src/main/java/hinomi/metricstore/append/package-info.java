/// Taking samples in: who may pass, and the group commit that makes them durable.
@NullMarked
package hinomi.metricstore.append;

import org.jspecify.annotations.NullMarked;
