/// Stores samples on this machine and gives them back: Prometheus' data model, acknowledged only
/// when synced.
///
/// The path of a sample: [append](append) judges it and gathers it into a group; [wal](wal) logs
/// the group with one sync; [head](head) holds the newest hours in memory, packed by [chunk](chunk)
/// and found through [index](index); [block](block) keeps the past in immutable files;
/// [select](select) puts both together again. [disk](disk) has the file operations on which
/// durability rests. `Upkeep` moves samples from head to blocks and shortens the log.
///
/// What lies on disk is drawn in `docs/formats/metric-store.md`.
@NullMarked
package hinomi.metricstore;

import org.jspecify.annotations.NullMarked;
