package hinomi.metricstore.block;

import hinomi.disk.Durably;
import hinomi.metricstore.disk.Disk;
import hinomi.metricstore.disk.Volume;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The files of blocks: their names, opening them, and setting aside what is damaged. A file is
/// named by its number and the time of its earliest sample.
final class BlockFolder {
  private static final Logger log = LoggerFactory.getLogger(BlockFolder.class);
  private static final String ENDING = ".block";
  private static final String TEMPORARY = ".tmp";
  private static final Pattern NAME = Pattern.compile("(\\d{1,18})-(-?\\d+)\\.block");

  private final Path folder;
  private final Path quarantine;
  private final Volume volume;

  BlockFolder(Path folder, Path quarantine, Volume volume) {
    this.folder = folder;
    this.quarantine = quarantine;
    this.volume = volume;
  }

  /// What lies in the folder.
  ///
  /// @param blocks that count
  /// @param next above every number that is or was in use, as far as it can be known
  /// @param damaged how many files were set aside
  record Found(List<Block> blocks, long next, int damaged) {}

  /// Opens what is there. A file that is no whole block is set aside and told; one that another
  /// block stands in for, and what was being written when the process died, is deleted.
  Found open(Keeper keeper) throws IOException {
    volume.delete(folder, Disk.files(folder, TEMPORARY));
    List<Block> whole = new ArrayList<>();
    Set<Long> replaced = new HashSet<>();
    long next = 1;
    int damaged = 0;
    for (Path file : Disk.files(folder, ENDING)) {
      Matcher name = NAME.matcher(String.valueOf(file.getFileName()));
      if (!name.matches()) {
        log.atWarn().addKeyValue("file", file).log("no metric block by its name, left alone");
        continue;
      }
      long number = Long.parseLong(name.group(1));
      next = Math.max(next, number + 1);
      Optional<Block> block = whole(file, number, keeper);
      block.ifPresent(whole::add);
      block.ifPresent(found -> replaced.addAll(found.replaces()));
      if (block.isEmpty()) {
        damaged++;
        setAside(file);
      }
    }
    for (long number : replaced) {
      next = Math.max(next, number + 1);
    }
    List<Block> gone = whole.stream().filter(b -> replaced.contains(b.number())).toList();
    volume.delete(folder, gone.stream().map(Block::file).toList());
    whole.removeAll(gone);
    return new Found(whole, next, damaged);
  }

  private static Optional<Block> whole(Path file, long number, Keeper keeper) {
    try {
      return Block.open(file, number, keeper);
    } catch (IOException | InternalError e) {
      log.atError().addKeyValue("file", file).setCause(e).log("metric block unreadable");
      return Optional.empty();
    }
  }

  /// Moves a file to the quarantine. If that fails it stays where it is, and so does what is wrong
  /// with it.
  void setAside(Path file) {
    try {
      Durably.createFolder(quarantine);
      Path aside = quarantine.resolve(file.getFileName());
      Files.move(file, aside, StandardCopyOption.REPLACE_EXISTING);
      Durably.syncFolder(quarantine);
      Durably.syncFolder(folder);
      log.atError().addKeyValue("file", aside).log("metric block is damaged, set aside");
    } catch (IOException e) {
      log.atError().addKeyValue("file", file).setCause(e).log("damaged metric block stays");
    }
  }

  /// Keeps what is left of a damaged chunk for whoever looks into it; of one that cannot be read at
  /// all, the block's file gets a second name there.
  void keep(Block block, Place place, byte[] packed) {
    try {
      Durably.createFolder(quarantine);
      String name = String.valueOf(block.file().getFileName());
      if (packed.length == 0) {
        Path second = quarantine.resolve(name);
        if (!Files.exists(second)) {
          volume.link(block.file(), second);
        }
      } else {
        Files.write(quarantine.resolve(name + "-" + place.offset() + ".chunk"), packed);
      }
    } catch (IOException e) {
      log.atWarn().addKeyValue("file", block.file()).setCause(e).log("damaged chunk not copied");
    }
  }

  Path draft(long number) {
    return folder.resolve(String.format(Locale.ROOT, "%012d%s%s", number, ENDING, TEMPORARY));
  }

  Path file(long number, long first) {
    return folder.resolve(name(number, first));
  }

  static String name(long number, long first) {
    return String.format(Locale.ROOT, "%012d-%d%s", number, first, ENDING);
  }

  void drop(Path draft) {
    try {
      Files.deleteIfExists(draft);
    } catch (IOException e) {
      log.atWarn().addKeyValue("file", draft).setCause(e).log("draft of a metric block stays");
    }
  }

  void delete(List<Path> files) throws IOException {
    volume.delete(folder, files);
  }

  /// Gives blocks a second name in another folder.
  void link(List<Block> blocks, Path other) throws IOException {
    for (Block block : blocks) {
      volume.link(block.file(), other.resolve(block.file().getFileName()));
    }
  }

  Path folder() {
    return folder;
  }

  Volume volume() {
    return volume;
  }
}
