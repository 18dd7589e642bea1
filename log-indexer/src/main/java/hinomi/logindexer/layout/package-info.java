/// The bytes on disk: how lines are written into a journal record and into the payload of a batch.
/// Drawn in `docs/formats/log-indexer.md`. Nothing here knows files or Lucene.
@NullMarked
package hinomi.logindexer.layout;

import org.jspecify.annotations.NullMarked;
