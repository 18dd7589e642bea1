/// Runs of samples of one series, packed bit by bit: written by the head, kept unchanged in blocks,
/// read by both; [SeriesPieces] are all of a series that a question is about.
@NullMarked
package hinomi.metricstore.chunk;

import org.jspecify.annotations.NullMarked;
