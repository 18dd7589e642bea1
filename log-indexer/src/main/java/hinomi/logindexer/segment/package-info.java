/// The lines on disk: one Lucene index a day, a document a batch. A document has the terms of its
/// lines, their stream and time span, and the packed lines themselves; a commit says up to which
/// journal number the day's lines are held. Beside Kuromoji in `words`, Lucene is known here alone.
@NullMarked
package hinomi.logindexer.segment;

import org.jspecify.annotations.NullMarked;
