package hinomi.metricstore.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;

/// The few file operations on which durability rests.
public final class Disk {
  /// A heap buffer is copied to native memory in pieces of this size, which the JVM then keeps.
  private static final int PIECE = 1 << 20;

  private Disk() {}

  /// Writes all of it: one `write` may take less than it was given and say so without failing.
  public static void write(FileChannel channel, byte[] bytes, int length) throws IOException {
    for (int at = 0; at < length; ) {
      ByteBuffer piece = ByteBuffer.wrap(bytes, at, Math.min(PIECE, length - at));
      channel.write(piece);
      at = piece.position();
    }
  }

  /// Makes names durable: a created, renamed or deleted file is so only after its folder is synced.
  public static void syncFolder(Path folder) throws IOException {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  /// Gives a synced temporary file its name, in one durable step.
  public static void publish(Path temporary, Path file) throws IOException {
    Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
    syncFolder(folder(file));
  }

  /// The folder a file lies in.
  public static Path folder(Path file) {
    Path parent = file.getParent();
    if (parent == null) {
      throw new IllegalStateException("BUG: " + file + " lies in no folder");
    }
    return parent;
  }

  /// The files of a folder with an ending, in name order.
  public static List<Path> files(Path folder, String ending) throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.filter(file -> file.toString().endsWith(ending)).sorted().toList();
    }
  }
}
