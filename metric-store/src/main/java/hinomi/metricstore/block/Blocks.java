package hinomi.metricstore.block;

import hinomi.disk.Durably;
import hinomi.metricstore.chunk.Piece;
import hinomi.metricstore.disk.Disk;
import hinomi.model.Labels;
import hinomi.model.Unavailable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// All blocks of a store, oldest first. Queries take the list as it is and keep reading from it
/// whatever becomes of the files. One thread at a time changes it.
public final class Blocks {
  private static final Logger log = LoggerFactory.getLogger(Blocks.class);
  private static final String ENDING = ".block";
  private static final String TEMPORARY = ".tmp";

  /// Retention deletes at most so many blocks a run, so that a clock that jumps cannot empty the
  /// store before somebody sees it.
  private static final int MOST_DELETED = 2;

  private final Path folder;
  private final long span;
  private long nextNumber = 1;
  private int damaged;
  private volatile List<Block> blocks = List.of();
  private volatile long last = Long.MIN_VALUE;

  private Blocks(Path folder, long span) {
    this.folder = folder;
    this.span = span;
  }

  /// Opens what is there. A file that is no whole block is renamed to `….bad` and told; what was
  /// being written when the process died is deleted.
  ///
  /// @param span milliseconds that a new block covers, from a multiple of it
  public static Blocks open(Path folder, long span) throws IOException {
    Blocks opened = new Blocks(folder, span);
    for (Path left : Disk.files(folder, TEMPORARY)) {
      Files.delete(left);
    }
    List<Block> found = new ArrayList<>();
    for (Path file : Disk.files(folder, ENDING)) {
      opened.nextNumber = Math.max(opened.nextNumber, number(file) + 1);
      Optional<Block> block = Block.open(file);
      if (block.isPresent()) {
        found.add(block.get());
      } else {
        opened.setAside(file);
      }
    }
    opened.set(found);
    return opened;
  }

  private void setAside(Path file) throws IOException {
    damaged++;
    Path bad = file.resolveSibling(file.getFileName() + ".bad");
    Durably.rename(file, bad);
    log.atError().addKeyValue("file", bad).log("metric block is not whole, set aside");
  }

  private void set(List<Block> changed) {
    List<Block> sorted = new ArrayList<>(changed);
    sorted.sort(Comparator.comparingLong(Block::first).thenComparing(Block::file));
    blocks = List.copyOf(sorted);
    last = sorted.stream().mapToLong(Block::last).max().orElse(Long.MIN_VALUE);
  }

  /// The blocks that hold samples between two times, both included, oldest first.
  public List<Block> overlapping(long from, long to) {
    return blocks.stream().filter(block -> block.overlaps(from, to)).toList();
  }

  /// The raw bits of a series' value at a timestamp, if a block has it. A damaged block has nothing
  /// to say here: it must not keep new samples out.
  public OptionalLong bitsAt(Labels labels, long timestamp) {
    if (timestamp > last) {
      return OptionalLong.empty(); // nearly always: what comes in is newer than any block
    }
    for (Block block : overlapping(timestamp, timestamp)) {
      try {
        OptionalLong found = block.bitsAt(labels, timestamp);
        if (found.isPresent()) {
          return found;
        }
      } catch (Unavailable | InternalError e) {
        log.atWarn().addKeyValue("file", block.file()).setCause(e).log("metric block unreadable");
      }
    }
    return OptionalLong.empty();
  }

  /// Writes samples of one span to a new block, which is readable and durable when this returns.
  ///
  /// @param begin where the span begins, a multiple of it
  public void write(long begin, Map<Labels, List<Piece>> series) throws IOException {
    List<Content> contents = new ArrayList<>(series.size());
    series.forEach(
        (labels, pieces) -> contents.add(Content.of(labels, pieces, begin, begin + span - 1)));
    contents.removeIf(content -> content.chunks().isEmpty());
    if (contents.isEmpty()) {
      return;
    }
    contents.sort(Comparator.comparing(Content::labels));
    String name = String.format(Locale.ROOT, "%012d-%d%s", nextNumber++, begin, ENDING);
    Path file = folder.resolve(name);
    Path temporary = folder.resolve(name + TEMPORARY);
    BlockWriter.write(temporary, contents);
    Durably.rename(temporary, file);
    Block block =
        Block.open(file)
            .orElseThrow(() -> new IllegalStateException("BUG: a new block is not whole"));
    List<Block> more = new ArrayList<>(blocks);
    more.add(block);
    set(more);
    log.atInfo()
        .addKeyValue("file", file)
        .addKeyValue("series", contents.size())
        .addKeyValue("samples", block.sampleCount())
        .addKeyValue("bytes", block.size())
        .log("metric block written");
  }

  private static long number(Path file) {
    String name = String.valueOf(file.getFileName());
    return Long.parseLong(name.substring(0, name.indexOf('-')));
  }

  /// Deletes the blocks that end before a time, and then the oldest until the rest is small enough;
  /// at most two a run.
  ///
  /// @param maxBytes 0 means that size does not matter
  public void retain(long after, long maxBytes) throws IOException {
    List<Block> kept = new ArrayList<>(blocks);
    int deleted = 0;
    while (deleted < MOST_DELETED
        && !kept.isEmpty()
        && (kept.getFirst().last() < after || (maxBytes > 0 && bytes(kept) > maxBytes))) {
      Block oldest = kept.removeFirst();
      set(kept);
      Files.delete(oldest.file());
      deleted++;
      log.atInfo().addKeyValue("file", oldest.file()).log("metric block deleted by retention");
    }
    if (deleted > 0) {
      Durably.syncFolder(folder);
    }
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

  /// How many files were set aside when the store was opened.
  public int damaged() {
    return damaged;
  }
}
