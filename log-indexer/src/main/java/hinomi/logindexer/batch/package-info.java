/// Lines on their way from the journal to a segment: gathered by day and stream in memory, where
/// searches find them at once, then cut into batches.
@NullMarked
package hinomi.logindexer.batch;

import org.jspecify.annotations.NullMarked;
