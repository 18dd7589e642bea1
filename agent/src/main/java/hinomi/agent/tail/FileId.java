package hinomi.agent.tail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;

/// What a file is called by the system whatever its name: device and inode; where there is no such
/// thing (Windows), its path.
record FileId(String text) {
  static FileId of(Path file) throws IOException {
    Object key = Files.readAttributes(file, BasicFileAttributes.class).fileKey();
    return new FileId(key == null ? file.toString() : key.toString());
  }
}
