package hinomi.metricstore.backup;

import hinomi.metricstore.block.Blocks;
import hinomi.metricstore.chunk.Piece;
import hinomi.metricstore.chunk.SeriesPieces;
import hinomi.metricstore.disk.Volume;
import hinomi.metricstore.rollup.Rollups;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Backups: folders that hold every block, those of rollups included, under a second name, the
/// deletions, and the head as blocks. Such a folder, copied to where a store looks for its blocks,
/// is that store. It costs no room as long as the blocks live, and nobody but the operator deletes
/// it. One thread.
public final class Backup {
  private static final Logger log = LoggerFactory.getLogger(Backup.class);
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final String TEMPORARY = ".tmp";

  private final Path folder;
  private final Volume volume;
  private final Blocks blocks;
  private final Rollups rollups;

  /// @param folder in which backups lie, one folder each
  public Backup(Path folder, Volume volume, Blocks blocks, Rollups rollups) {
    this.folder = folder;
    this.volume = volume;
    this.blocks = blocks;
    this.rollups = rollups;
  }

  /// Makes a backup, durable when this returns its name.
  ///
  /// @param head what blocks do not hold, one list for each block to be made of it
  public String make(Instant now, List<List<SeriesPieces>> head) throws IOException {
    String name =
        TIME.format(now)
            + String.format(Locale.ROOT, "-%016x", ThreadLocalRandom.current().nextLong());
    Path draft = folder.resolve(name + TEMPORARY);
    try {
      volume.createFolder(draft);
      List<Piece> apart = new ArrayList<>();
      for (List<SeriesPieces> each : head) {
        blocks.writeApart(each, draft);
        each.forEach(series -> apart.addAll(series.pieces()));
      }
      blocks.link(draft);
      rollups.link(draft, apart);
      volume.sync(draft);
      volume.rename(draft, folder.resolve(name));
    } catch (IOException e) {
      drop(draft);
      throw e;
    }
    log.atInfo().addKeyValue("folder", folder.resolve(name)).log("metric backup made");
    return name;
  }

  /// Deletes what was being made when the process died.
  public void clean() throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      entries.filter(each -> each.toString().endsWith(TEMPORARY)).forEach(Backup::drop);
    }
  }

  private static void drop(Path draft) {
    if (!Files.exists(draft)) {
      return; // it was the folder that could not be made
    }
    try (Stream<Path> entries = Files.walk(draft)) {
      for (Path each : (Iterable<Path>) entries.sorted(Comparator.reverseOrder())::iterator) {
        Files.delete(each);
      }
    } catch (IOException | UncheckedIOException e) {
      log.atWarn().addKeyValue("folder", draft).setCause(e).log("unfinished metric backup stays");
    }
  }
}
