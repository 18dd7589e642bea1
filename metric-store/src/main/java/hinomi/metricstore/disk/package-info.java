/// What every file of the store is made of: whole writes and checked frames.
@NullMarked
package hinomi.metricstore.disk;

import org.jspecify.annotations.NullMarked;
