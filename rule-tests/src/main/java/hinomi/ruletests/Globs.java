package hinomi.ruletests;

import hinomi.model.Unavailable;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// Files by pattern as Go's `filepath.Glob` finds them: `*`, `?` and `[a-z]` within one folder's
/// names.
final class Globs {
  private Globs() {}

  /// Those that are there, in the order of their names.
  static List<Path> find(Path folder, String pattern) {
    Path whole = folder.resolve(pattern).normalize();
    List<Path> found = new ArrayList<>();
    found.add(whole.isAbsolute() ? whole.getRoot() : Path.of(""));
    for (Path name : whole) {
      List<Path> next = new ArrayList<>();
      for (Path parent : found) {
        next.addAll(inside(parent, name.toString()));
      }
      found = next;
    }
    return found;
  }

  private static List<Path> inside(Path parent, String name) {
    if (!name.matches(".*[*?\\[].*")) {
      Path child = parent.resolve(name);
      return Files.exists(child) ? List.of(child) : List.of();
    }
    Path listed = parent.toString().isEmpty() ? Path.of(".") : parent;
    if (!Files.isDirectory(listed)) {
      return List.of();
    }
    String glob = name.replace("[^", "[!").replaceAll("([{}])", "\\\\$1");
    PathMatcher matcher = FileSystems.getDefault().getPathMatcher("glob:" + glob);
    try (Stream<Path> entries = Files.list(listed)) {
      return entries
          .map(Path::getFileName)
          .filter(matcher::matches)
          .sorted()
          .map(parent::resolve)
          .toList();
    } catch (IOException e) {
      throw new Unavailable("cannot list " + listed + ": " + e.getMessage(), e);
    }
  }
}
