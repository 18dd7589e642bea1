/// Stores samples on this machine and gives them back: Prometheus' data model, acknowledged only
/// when synced.
///
/// The path of a sample: [append](append) judges it and gathers it into a group; [wal](wal) logs
/// the group with one sync; [head](head) holds the newest hours in memory, packed by [chunk](chunk)
/// and found through [index](index); [block](block) keeps the past in immutable files, which
/// [dense](dense) packs and [compact](compact) merges; [select](select) puts head and blocks
/// together again. [rollup](rollup) folds days that are past into buckets, which are kept for
/// years. [backup](backup) copies all of it while it runs. [disk](disk) has the file operations on
/// which durability rests. `Upkeep` moves samples from head to blocks, shortens the log and
/// deletes.
///
/// What lies on disk is drawn in `docs/formats/metric-store.md`.
@NullMarked
package hinomi.metricstore;

import org.jspecify.annotations.NullMarked;
