package hinomi.agent.tail;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.EnumSet;
import java.util.Set;
import java.util.TreeSet;

/// Lists the files that one glob means, such as `/var/log/*.log` or `/srv/**/app.log`. Folders that
/// may not be read, and files that vanish meanwhile, are passed over.
final class Finder {
  private static final int DEEPEST = 16;
  private static final int MOST = 10_000;

  private final Path root;
  private final int depth;
  private final PathMatcher matcher;

  Finder(String glob) {
    String whole = Path.of("").toAbsolutePath().resolve(firstPlain(glob)).normalize().toString();
    this.root = Path.of(whole);
    String rest = glob.substring(firstPlain(glob).length());
    this.depth =
        rest.contains("**") ? DEEPEST : (int) rest.chars().filter(c -> c == '/').count() + 1;
    String prefix = whole.endsWith("/") || rest.isEmpty() ? whole : whole + "/";
    this.matcher =
        FileSystems.getDefault()
            .getPathMatcher("glob:" + escaped(prefix) + rest.replaceFirst("^/", ""));
  }

  /// The folders before the first wildcard.
  private static String firstPlain(String glob) {
    int wildcard = 0;
    while (wildcard < glob.length() && "*?[{\\".indexOf(glob.charAt(wildcard)) < 0) {
      wildcard++;
    }
    return wildcard == glob.length()
        ? glob
        : glob.substring(0, Math.max(0, glob.lastIndexOf('/', wildcard) + 1));
  }

  private static String escaped(String path) {
    return path.replaceAll("([\\\\*?\\[\\]{}])", "\\\\$1");
  }

  boolean matches(Path file) {
    return file.equals(root) || matcher.matches(file);
  }

  Set<Path> find() throws IOException {
    Set<Path> found = new TreeSet<>();
    if (Files.isRegularFile(root)) {
      found.add(root);
      return found;
    }
    if (!Files.isDirectory(root)) {
      return found;
    }
    Files.walkFileTree(
        root,
        EnumSet.of(FileVisitOption.FOLLOW_LINKS),
        depth,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (attributes.isRegularFile() && matcher.matches(file) && !isPacked(file)) {
              found.add(file);
            }
            return found.size() < MOST ? FileVisitResult.CONTINUE : FileVisitResult.TERMINATE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException e) {
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(
              Path folder, @org.jspecify.annotations.Nullable IOException e) {
            return FileVisitResult.CONTINUE;
          }
        });
    return found;
  }

  /// What rotation has packed was read before.
  static boolean isPacked(Path file) {
    return file.toString().matches(".*\\.(gz|bz2|xz|zst|zip|Z)");
  }
}
