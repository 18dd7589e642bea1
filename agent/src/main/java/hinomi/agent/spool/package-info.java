/// What is read waits here, on disk, until the server has it: [hinomi.agent.spool.Spool] appends
/// batches to [hinomi.agent.spool.Segment] files and hands them out in order. A batch is safe when
/// `offer` has returned; it is forgotten when `done` was called. Bytes:
/// `docs/formats/agent-spool.md`.
@NullMarked
package hinomi.agent.spool;

import org.jspecify.annotations.NullMarked;
