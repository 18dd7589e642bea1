package hinomi.metricstore.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// Whole writes to a channel, and the files of a folder.
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

  /// The files of a folder with an ending, in name order.
  public static List<Path> files(Path folder, String ending) throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.filter(file -> file.toString().endsWith(ending)).sorted().toList();
    }
  }
}
