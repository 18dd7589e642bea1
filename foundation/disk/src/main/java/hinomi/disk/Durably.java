package hinomi.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/// Creates, replaces, renames and deletes so that it stays done after a power loss.
///
/// Syncing a file makes its content durable, not its name: names are the content of the folder.
/// Without a sync of the folder a deleted file comes back, and a new or renamed one may be gone.
/// ext4 hides this as a rule, because the next sync of any file writes the journal and the names
/// with it; a power loss right after the rename, or another file system, shows it.
///
/// Everything here blocks on the disk and may be called by any thread; who calls sees to it that
/// two threads are not at the same file.
public final class Durably {
  private Durably() {}

  /// Creates a folder and those above it that are missing. One that is there is synced all the
  /// same: whoever created it may have died before that.
  public static void createFolder(Path folder) throws IOException {
    List<Path> changed = new ArrayList<>();
    for (Path above = folder.toAbsolutePath().getParent();
        above != null;
        above = above.getParent()) {
      changed.add(above);
      if (Files.exists(above)) {
        break;
      }
    }
    Files.createDirectories(folder);
    for (Path each : changed) {
      syncFolder(each);
    }
  }

  /// Replaces a file as a whole, or creates it: a reader, or a start after a power loss, finds the
  /// old content or the new. What is being written lies beside it as `….tmp`.
  public static void replace(Path file, byte[] content) throws IOException {
    Path draft = file.resolveSibling(file.getFileName() + ".tmp");
    try (FileChannel channel =
        FileChannel.open(
            draft,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      ByteBuffer rest = ByteBuffer.wrap(content);
      while (rest.hasRemaining()) { // one write may take less than it was given, without failing
        channel.write(rest);
      }
      channel.force(true);
    }
    rename(draft, file);
  }

  /// Gives a file another name on the same file system, in one step; what had that name is
  /// replaced. Its content must be synced before, or the name may outlive it. Out of another folder
  /// it may be back under the old name too after a power loss.
  public static void rename(Path from, Path to) throws IOException {
    Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    Path folder = to.toAbsolutePath().getParent();
    if (folder == null) {
      throw new IllegalStateException("BUG: " + to + " lies in no folder");
    }
    syncFolder(folder);
  }

  /// Deletes files that lie in one folder, with one sync for all; one that is gone is no error.
  public static void delete(Path folder, List<Path> files) throws IOException {
    for (Path file : files) {
      Files.deleteIfExists(file);
    }
    if (!files.isEmpty()) {
      syncFolder(folder);
    }
  }

  /// Makes durable which names a folder has, after files were created, renamed or deleted in it by
  /// other means. Windows opens no folders and needs none of this.
  public static void syncFolder(Path folder) throws IOException {
    if (System.getProperty("os.name", "").startsWith("Windows")) {
      return;
    }
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }
}
