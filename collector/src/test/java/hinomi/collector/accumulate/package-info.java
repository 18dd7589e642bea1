@NullMarked
package hinomi.collector.accumulate;

import org.jspecify.annotations.NullMarked;
