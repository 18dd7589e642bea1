/// What is known of metrics beside their samples: type, unit, help.
@NullMarked
package hinomi.metricstore.metadata;

import org.jspecify.annotations.NullMarked;
