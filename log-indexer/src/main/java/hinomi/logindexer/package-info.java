/// Keeps log lines and finds them. The path:
///
/// * `accept`: which lines are taken ([hinomi.logindexer.accept.Door])
/// * `journal`: on disk before the sender is told ([hinomi.logindexer.journal.Journal])
/// * `batch`: pending lines by day and stream, found from memory, cut into batches
/// * `segment`: one Lucene index a day, one document a batch; `words` says what of a text goes into
///   the index and what a query's text asks of it; `layout` is the bytes
/// * `search`: clues rule batches out, the lines of the rest decide
/// * `logql` and `http`: the language and the HTTP API that Grafana's Loki data source speaks
///
/// Lines are gathered in batches because a document a line costs ten times as much; the price, that
/// the index knows batches only, is paid by reading the few that are left.
@NullMarked
package hinomi.logindexer;

import org.jspecify.annotations.NullMarked;
