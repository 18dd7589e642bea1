package hinomi.logindexer.journal;

import hinomi.disk.Durably;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/// What is done to folders as a whole: listed and deleted.
public final class Directories {
  private Directories() {}

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
      Durably.syncFolder(parent);
    }
  }

  /// How the name of a folder ends that is being deleted.
  public static final String DOOMED = ".deleting";
}
