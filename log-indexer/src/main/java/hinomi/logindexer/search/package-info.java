/// From a query to lines: clues rule batches out, the lines of the rest are read and looked at,
/// nearest in time first, and the search ends when nothing that is left could be among the answer.
@NullMarked
package hinomi.logindexer.search;

import org.jspecify.annotations.NullMarked;
