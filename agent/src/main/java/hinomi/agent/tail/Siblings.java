package hinomi.agent.tail;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.Optional;
import java.util.Set;

/// Finds under what name a file lives on that was rotated away: in the same folder, the name
/// beginning as it did before (`app.log` becomes `app.log.1`, `app.log-20260302`, `app.1.log`). It
/// is known by its content, see [Mark].
final class Siblings {
  private Siblings() {}

  /// The newest file that goes on where a mark was made.
  ///
  /// @param not files that are spoken for
  static Optional<Path> continuing(Path name, Mark mark, Set<FileId> not) throws IOException {
    Path folder = name.getParent();
    if (folder == null || mark.offset() == 0 || !Files.isDirectory(folder)) {
      return Optional.empty();
    }
    Optional<Path> best = Optional.empty();
    FileTime newest = FileTime.fromMillis(Long.MIN_VALUE);
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
      for (Path file : files) {
        if (isNamedAfter(file, name) && Files.isRegularFile(file) && !Finder.isPacked(file)) {
          FileTime modified = Files.getLastModifiedTime(file);
          if (modified.compareTo(newest) > 0
              && !not.contains(FileId.of(file))
              && holds(mark, file)) {
            best = Optional.of(file);
            newest = modified;
          }
        }
      }
    }
    return best;
  }

  static boolean isNamedAfter(Path file, Path name) {
    String last = String.valueOf(name.getFileName());
    int dot = last.lastIndexOf('.');
    String stem = dot > 0 ? last.substring(0, dot) : last;
    return String.valueOf(file.getFileName()).startsWith(stem);
  }

  static boolean holds(Mark mark, Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      return mark.holds(channel);
    }
  }
}
