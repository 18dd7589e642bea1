/// The past on disk: immutable, checksummed files, each holding some series over some time.
@NullMarked
package hinomi.metricstore.block;

import org.jspecify.annotations.NullMarked;
