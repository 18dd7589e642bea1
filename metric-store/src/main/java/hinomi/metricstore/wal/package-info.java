/// The write-ahead log: what is acknowledged stands here, synced, before anybody can read it.
@NullMarked
package hinomi.metricstore.wal;

import org.jspecify.annotations.NullMarked;
