/// The way to durable: an append is one framed, checksummed, numbered record, synced to disk before
/// anybody is told; what was written since the last commit of the segments is replayed at start.
/// Records are drawn in `docs/formats/log-indexer.md`.
@NullMarked
package hinomi.logindexer.journal;

import org.jspecify.annotations.NullMarked;
