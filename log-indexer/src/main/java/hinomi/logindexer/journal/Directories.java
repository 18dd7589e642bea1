package hinomi.logindexer.journal;

import hinomi.model.Unavailable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/// What is done to folders as a whole: made, listed, synced, locked, deleted.
public final class Directories {
  private Directories() {}

  /// Makes a folder, durably.
  public static void create(Path folder) throws IOException {
    Files.createDirectories(folder);
    Path parent = folder.toAbsolutePath().getParent();
    if (parent != null) {
      sync(parent);
    }
  }

  /// Makes creations, renames and deletions in a folder survive a power loss.
  public static void sync(Path folder) throws IOException {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  /// What lies in a folder, in the order of names.
  public static List<Path> list(Path folder) throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.sorted().toList();
    }
  }

  /// Deletes a folder with all in it. It is renamed first, so that a crash leaves no half of it
  /// under its own name.
  public static void delete(Path folder) throws IOException {
    Path doomed =
        folder.toString().endsWith(DOOMED)
            ? folder
            : Files.move(folder, folder.resolveSibling(folder.getFileName() + DOOMED));
    try (Stream<Path> all = Files.walk(doomed)) {
      for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(each);
      }
    } catch (UncheckedIOException e) {
      throw new IOException(e.getMessage(), e);
    }
    Path parent = doomed.toAbsolutePath().getParent();
    if (parent != null) {
      sync(parent);
    }
  }

  /// How the name of a folder ends that is being deleted.
  public static final String DOOMED = ".deleting";

  /// Takes a folder for this process alone until the channel is closed.
  public static FileChannel lock(Path folder) {
    Path file = folder.resolve("lock");
    FileChannel channel;
    try {
      channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    } catch (IOException e) {
      throw new Unavailable("cannot open " + file + ": " + e.getMessage(), e);
    }
    try {
      if (channel.tryLock() != null) {
        return channel;
      }
    } catch (OverlappingFileLockException e) {
      close(channel);
      throw new Unavailable("log directory " + folder + " is in use by this process", e);
    } catch (IOException e) {
      close(channel);
      throw new Unavailable("cannot lock " + file + ": " + e.getMessage(), e);
    }
    close(channel);
    throw new Unavailable("log directory " + folder + " is in use by another process");
  }

  private static void close(FileChannel channel) {
    try {
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
