package hinomi.architecture;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Finds the tree's own files.
final class Sources {
  private Sources() {}

  /// The top of the tree: the nearest folder above that holds the launcher.
  static Path top() {
    Path folder = Path.of("").toAbsolutePath();
    while (!Files.isExecutable(folder.resolve("hinomi"))) {
      Path parent = folder.getParent();
      if (parent == null) {
        throw new IllegalStateException("no launcher above " + Path.of("").toAbsolutePath());
      }
      folder = parent;
    }
    return folder;
  }

  /// All Java files, those of the tests included.
  static List<Path> java() {
    List<Path> files = new ArrayList<>();
    try {
      Files.walkFileTree(
          top(),
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
              String name = String.valueOf(folder.getFileName());
              return name.equals("target") || name.equals(".git") || name.equals("data")
                  ? FileVisitResult.SKIP_SUBTREE
                  : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
              if (file.toString().endsWith(".java")) {
                files.add(file);
              }
              return FileVisitResult.CONTINUE;
            }
          });
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return files;
  }

  static List<Path> mainJava() {
    return java().stream().filter(file -> file.toString().contains("/src/main/")).toList();
  }

  /// A table of this package's resources: `name : word word`; `#` begins a comment.
  static Map<String, List<String>> table(String resource) {
    try (InputStream in = Sources.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException("no " + resource);
      }
      Map<String, List<String>> table = new LinkedHashMap<>();
      new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .forEach(line -> {
            int colon = line.indexOf(':');
            String rest = line.substring(colon + 1).strip();
            table.put(
                line.substring(0, colon).strip(),
                rest.isEmpty() ? List.of() : List.of(rest.split("\\s+")));
          });
      return table;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
