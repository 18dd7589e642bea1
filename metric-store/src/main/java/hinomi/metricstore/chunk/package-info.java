/// Runs of samples of one series, packed bit by bit: written by the head, kept unchanged in blocks,
/// read by both.
@NullMarked
package hinomi.metricstore.chunk;

import org.jspecify.annotations.NullMarked;
