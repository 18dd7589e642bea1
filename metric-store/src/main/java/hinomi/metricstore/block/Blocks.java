package hinomi.metricstore.block;

import hinomi.metricstore.disk.Volume;
import hinomi.model.Labels;
import hinomi.model.Matcher;
import hinomi.model.Points;
import hinomi.model.StoredSeries;
import hinomi.model.Unavailable;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// All blocks and the deletions that they are under. Any thread may ask; what changes the list of
/// blocks on disk and in memory is done under one lock, which no reader needs. Writing a block's
/// file happens outside of it.
public final class Blocks implements Keeper {
  private static final Logger log = LoggerFactory.getLogger(Blocks.class);

  /// Retention deletes at most so many blocks a run, so that a clock that jumps cannot empty the
  /// store before somebody sees it.
  private static final int MOST_DELETED = 2;

  private static final Points NOTHING = new Points(0);

  private static final Comparator<Block> BY_TIME =
      Comparator.comparingLong(Block::first).thenComparingLong(Block::number);

  private final BlockFolder folder;
  private final Packing packing = new Packing();
  private final Choices choices = new Choices();
  private final Lately lately = new Lately();
  private final Counter wounded;
  private long nextNumber;
  private List<Tombstone> tombstones;
  private List<Path> needless = List.of();
  private volatile List<Block> blocks = List.of();
  private volatile long last = Long.MIN_VALUE;
  private volatile boolean wanting;

  private Blocks(BlockFolder folder, MeterRegistry registry, String kind) throws IOException {
    this.folder = folder;
    this.wounded = registry.counter("hinomi.metricstore.damaged", "where", kind);
    Counter undone = registry.counter("hinomi.metricstore.damaged", "where", "tombstones");
    BlockFolder.Found found = folder.open(this);
    TombstoneFile.Found deletions = TombstoneFile.read(folder.folder());
    wounded.increment(found.damaged());
    undone.increment(deletions.damaged());
    tombstones = deletions.tombstones();
    nextNumber = found.next();
    for (Tombstone tombstone : tombstones) {
      nextNumber = Math.max(nextNumber, tombstone.before());
    }
    set(found.blocks());
  }

  /// Opens what is there, whatever state it is in.
  ///
  /// @param quarantine where damaged files go
  public static Blocks open(Path folder, Path quarantine, Volume volume, MeterRegistry registry)
      throws IOException {
    return open(folder, quarantine, volume, registry, "block");
  }

  /// @param kind of blocks, by which damage is counted
  public static Blocks open(
      Path folder, Path quarantine, Volume volume, MeterRegistry registry, String kind)
      throws IOException {
    return new Blocks(new BlockFolder(folder, quarantine, volume), registry, kind);
  }

  private void set(List<Block> changed) {
    List<Block> sorted = new ArrayList<>(changed);
    sorted.sort(BY_TIME);
    sorted.forEach(block -> block.hide(tombstones));
    blocks = List.copyOf(sorted);
    last = sorted.stream().mapToLong(Block::last).max().orElse(Long.MIN_VALUE);
    choices.keepOnly(sorted.stream().map(Block::number).collect(Collectors.toSet()));
  }

  // For whoever reads.

  /// The blocks that hold samples between two times, both included, oldest first.
  public List<Block> overlapping(long from, long to) {
    if (from > last) {
      return List.of(); // what only the newest matter to asks no block
    }
    List<Block> overlapping = new ArrayList<>();
    for (Block block : blocks) {
      if (block.overlaps(from, to)) {
        overlapping.add(block);
      }
    }
    return overlapping;
  }

  /// Timestamp of the latest sample in any block.
  public long last() {
    return last;
  }

  public List<Block> all() {
    return blocks;
  }

  /// The number or the histogram that a series has at a timestamp, if a block has it. A damaged
  /// block has nothing to say here: it must not keep new samples out.
  public Points at(Labels labels, long timestamp) {
    if (timestamp > last) {
      return NOTHING; // nearly always: what comes in is newer than any block
    }
    for (Block block : overlapping(timestamp, timestamp)) {
      try {
        Points found = block.at(labels, timestamp);
        if (!found.isEmpty()) {
          return found;
        }
      } catch (Unavailable e) {
        log.atWarn().addKeyValue("file", block.file()).setCause(e).log("metric block unreadable");
      }
    }
    return NOTHING;
  }

  // For whoever moves samples.

  /// Writes a block, which is readable and durable when this returns, in place of others or in
  /// addition; empty when there was nothing to write. The others are deleted.
  ///
  /// @param series sorted by [SeriesOrder], each once; asked for only after the block has a number
  /// @param stop asked now and then: true ends it with a `CancellationException`
  public Optional<Block> write(
      Iterable<? extends StoredSeries> series, List<Block> replaced, BooleanSupplier stop)
      throws IOException {
    // The number comes first: a deletion that is ordered from now on means this block too.
    long number = number();
    Path draft = folder.draft(number);
    boolean written;
    try {
      List<Long> numbers = replaced.stream().map(Block::number).toList();
      Iterator<? extends StoredSeries> walk = series.iterator();
      written = BlockWriter.write(folder.volume(), draft, walk, numbers, stop);
    } catch (IOException | Unavailable | CancellationException e) {
      folder.drop(draft);
      throw e;
    }
    return put(number, draft, written, replaced);
  }

  private synchronized long number() {
    return nextNumber++;
  }

  private synchronized Optional<Block> put(
      long number, Path draft, boolean written, List<Block> replaced) throws IOException {
    Optional<Block> added = Optional.empty();
    List<Block> changed = new ArrayList<>(blocks);
    if (written) {
      Block block = opened(draft, number);
      Path file = folder.file(number, block.first());
      name(draft, file);
      added = Optional.of(opened(file, number));
      changed.add(added.get());
    } else {
      folder.drop(draft);
    }
    changed.removeAll(replaced);
    set(changed);
    added.ifPresent(block ->
        log.atInfo()
            .addKeyValue("file", block.file())
            .addKeyValue("samples", block.samples())
            .addKeyValue("bytes", block.size())
            .addKeyValue("replaced", replaced.size())
            .log("metric block written"));
    delete(replaced);
    return added;
  }

  /// If that fails nobody knows which names the disk holds; neither may stay.
  private void name(Path draft, Path file) throws IOException {
    try {
      folder.volume().rename(draft, file);
    } catch (IOException e) {
      List<Path> unknown = new ArrayList<>(needless);
      unknown.addAll(List.of(draft, file));
      needless = unknown;
      throw e;
    }
  }

  private Block opened(Path file, long number) throws IOException {
    return Block.open(file, number, this)
        .orElseThrow(() -> new IllegalStateException("BUG: a new block is not whole"));
  }

  private void delete(List<Block> gone) throws IOException {
    List<Path> files = new ArrayList<>(needless);
    gone.forEach(block -> files.add(block.file()));
    needless = files; // until it is known that they are
    folder.delete(files);
    needless = List.of();
  }

  /// Deletes what a failing disk kept from being deleted. As long as that fails no block may be
  /// replaced: one that replaces must be there until those that it stands in for are surely gone.
  public synchronized void sweep() throws IOException {
    if (!needless.isEmpty()) {
      delete(List.of());
    }
  }

  /// Who is told, before retention deletes, up to when, included, samples go.
  @FunctionalInterface
  public interface Farewell {
    void to(long last) throws IOException;
  }

  /// Deletes the blocks that end before a time, and then those that end first until the rest is
  /// small enough; at most two a run.
  ///
  /// @param maxBytes 0 means that size does not matter
  /// @param farewell is told before
  public synchronized void retain(long after, long maxBytes, Farewell farewell) throws IOException {
    List<Block> kept = new ArrayList<>(blocks);
    kept.sort(Comparator.comparingLong(Block::last));
    List<Block> gone = new ArrayList<>();
    while (gone.size() < MOST_DELETED
        && !kept.isEmpty()
        && (kept.getFirst().last() < after || (maxBytes > 0 && bytes(kept) > maxBytes))) {
      gone.add(kept.removeFirst());
    }
    if (!gone.isEmpty()) {
      farewell.to(gone.stream().mapToLong(Block::last).max().orElseThrow());
      set(kept);
      delete(gone);
      gone.forEach(block ->
          log.atInfo().addKeyValue("file", block.file()).log("metric block deleted by retention"));
      forget();
    }
  }

  // For whoever deletes.

  /// Hides samples that blocks hold now, durably and at once.
  public synchronized void delete(List<Matcher> matchers, long from, long to) throws IOException {
    Tombstone added = new Tombstone(nextNumber, from, to, matchers);
    if (blocks.stream().noneMatch(added::means)) {
      return;
    }
    List<Tombstone> more = new ArrayList<>(tombstones);
    more.add(added);
    TombstoneFile.write(folder.volume(), folder.folder(), more);
    tombstones = List.copyOf(more);
    set(blocks);
    log.atInfo()
        .addKeyValue("matchers", matchers)
        .addKeyValue("from", Instant.ofEpochMilli(from))
        .addKeyValue("to", Instant.ofEpochMilli(to))
        .log("metric samples deleted");
  }

  /// Whether some deletion covers a time: then what blocks seem to hold may be gone.
  public synchronized boolean deletedAt(long timestamp) {
    return tombstones.stream().anyMatch(each -> each.covers(timestamp));
  }

  /// Forgets the deletions that no block needs any more.
  public synchronized void forget() throws IOException {
    sweep(); // a file that is still there might come back without its deletion
    List<Tombstone> needed =
        tombstones.stream().filter(each -> blocks.stream().anyMatch(each::means)).toList();
    if (needed.size() < tombstones.size()) {
      TombstoneFile.write(folder.volume(), folder.folder(), needed);
      tombstones = needed;
    }
  }

  /// The blocks that hide something, be it deleted or damaged.
  public List<Block> hiding() {
    return blocks.stream().filter(Block::hides).toList();
  }

  // For whoever backs up.

  /// Gives every block a second name in a folder, and the deletions a copy.
  public synchronized void link(Path other) throws IOException {
    folder.link(blocks, other);
    if (!tombstones.isEmpty()) {
      TombstoneFile.write(folder.volume(), other, tombstones);
    }
  }

  /// Writes a block into another folder, without it becoming one of these. To be called before
  /// [#link], so that its number is its own there too.
  public void writeApart(Iterable<? extends StoredSeries> series, Path other) throws IOException {
    long number = number();
    Path draft = other.resolve("draft.tmp");
    if (BlockWriter.write(folder.volume(), draft, series.iterator(), List.of(), () -> false)) {
      folder
          .volume()
          .rename(draft, other.resolve(BlockFolder.name(number, opened(draft, number).first())));
    } else {
      folder.volume().delete(other, List.of(draft));
    }
  }

  // Damage.

  @Override
  public Packing packing() {
    return packing;
  }

  @Override
  public Choices choices() {
    return choices;
  }

  @Override
  public Lately lately() {
    return lately;
  }

  @Override
  public void chunk(Block block, String what, Place place, byte[] packed) {
    wounded.increment();
    folder.keep(block, place, packed);
    wanting = true;
    log.atError()
        .addKeyValue("file", block.file())
        .addKeyValue("offset", place.offset())
        .addKeyValue("series", what)
        .addKeyValue("from", Instant.ofEpochMilli(place.first()))
        .addKeyValue("to", Instant.ofEpochMilli(place.last()))
        .log("metric block is damaged, samples lost");
  }

  @Override
  public synchronized void index(Block block) {
    if (!blocks.contains(block)) {
      return; // another query was faster
    }
    wounded.increment();
    List<Block> rest = new ArrayList<>(blocks);
    rest.remove(block);
    set(rest);
    folder.setAside(block.file());
  }

  /// Whether a chunk was found damaged and its block has not been written anew.
  public boolean wounded() {
    return wanting;
  }

  /// Says that every damaged block has been written anew.
  public void healed() {
    wanting = false;
  }

  private static long bytes(List<Block> list) {
    return list.stream().mapToLong(Block::size).sum();
  }

  /// Bytes on disk.
  public long bytes() {
    return bytes(blocks);
  }

  public int size() {
    return blocks.size();
  }

  /// How many bytes may still be written to the disk.
  public long room() throws IOException {
    return folder.volume().room(folder.folder());
  }
}
