package hinomi.metricstore;

import hinomi.metricstore.disk.Volume;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;

/// A disk whose power goes at its n-th step: from then on every step fails, and [#cut] takes back
/// what a real disk may have forgotten: bytes behind the last sync of their file, names behind the
/// last sync of their folder (any number of the last ones, for a journal keeps their order).
final class PowerCut implements Volume {
  private final Random random;
  private final Path trash;
  private final Map<Path, Long> synced = new HashMap<>();
  private final List<Change> unsynced = new ArrayList<>();
  private int left;
  private int trashed;

  /// A change of a name that is not durable yet.
  private record Change(Path folder, Undo undo) {}

  private interface Undo {
    void run() throws IOException;
  }

  /// @param trash a folder on the same file system, for what was deleted
  /// @param left how many steps work
  PowerCut(Random random, Path trash, int left) {
    this.random = random;
    this.trash = trash;
    this.left = left;
  }

  synchronized boolean isDead() {
    return left <= 0;
  }

  /// How many more steps work.
  synchronized void limit(int steps) {
    left = steps;
  }

  private synchronized void step() throws IOException {
    if (--left <= 0) {
      throw new IOException("the power is gone");
    }
  }

  @Override
  public FileChannel create(Path file) throws IOException {
    step();
    FileChannel channel = REAL.create(file);
    changed(file, () -> Files.deleteIfExists(file));
    setSynced(file, 0);
    return new FaultyChannel(
        channel,
        new FaultyChannel.Faults() {
          @Override
          public int take(int wanted) {
            try {
              step();
              return wanted;
            } catch (IOException e) {
              return -random.nextInt(wanted) - 1;
            }
          }

          @Override
          public boolean syncFails() {
            try {
              step();
              setSynced(file, channel.size());
              return false;
            } catch (IOException e) {
              return true;
            }
          }
        });
  }

  private synchronized void setSynced(Path file, long length) {
    synced.put(file, length);
  }

  private synchronized void changed(Path name, Undo undo) {
    unsynced.add(new Change(folderOf(name), undo));
  }

  private static Path folderOf(Path file) {
    return Objects.requireNonNull(file.getParent());
  }

  @Override
  public void rename(Path from, Path to) throws IOException {
    step();
    Path old = keep(to);
    Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    synchronized (this) {
      Long length = synced.remove(from);
      if (length != null) {
        synced.put(to, length);
      }
    }
    changed(
        to,
        () -> {
          if (Files.exists(to)) {
            Files.move(to, from);
          }
          if (Files.exists(old) && Files.exists(folderOf(to))) {
            Files.createLink(to, old);
          }
        });
    sync(folderOf(to));
  }

  /// A second name for a file that may be gone soon.
  private Path keep(Path file) throws IOException {
    Path kept;
    synchronized (this) {
      kept = trash.resolve(String.valueOf(trashed++));
    }
    if (Files.isRegularFile(file)) {
      Files.createLink(kept, file);
    }
    return kept;
  }

  @Override
  public void delete(Path folder, List<Path> files) throws IOException {
    for (Path file : files) {
      step();
      Path kept = keep(file);
      if (Files.deleteIfExists(file)) {
        changed(
            file,
            () -> {
              if (Files.exists(folder)) {
                Files.createLink(file, kept);
              }
            });
      }
    }
    if (!files.isEmpty()) {
      sync(folder);
    }
  }

  @Override
  public void createFolder(Path folder) throws IOException {
    step();
    REAL.createFolder(folder);
    // What lies in it may stay, as it does where a journal is written for another reason.
    changed(folder, () -> {});
  }

  @Override
  public void link(Path file, Path second) throws IOException {
    step();
    REAL.link(file, second);
    changed(second, () -> Files.deleteIfExists(second));
  }

  @Override
  public void sync(Path folder) throws IOException {
    step();
    synchronized (this) {
      unsynced.removeIf(change -> change.folder().equals(folder));
    }
  }

  @Override
  public long room(Path folder) {
    return Long.MAX_VALUE;
  }

  /// What the disk shows after the power is back.
  synchronized void cut() {
    left = 0;
    try {
      int kept = random.nextInt(unsynced.size() + 1);
      for (int i = unsynced.size() - 1; i >= kept; i--) {
        unsynced.get(i).undo().run();
      }
      for (Map.Entry<Path, Long> each : synced.entrySet()) {
        if (Files.exists(each.getKey()) && Files.size(each.getKey()) > each.getValue()) {
          try (FileChannel file = FileChannel.open(each.getKey(), StandardOpenOption.WRITE)) {
            file.truncate(each.getValue());
          }
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
