package hinomi.metricstore.wal;

import hinomi.disk.Durably;
import hinomi.metricstore.disk.ByteSink;
import hinomi.metricstore.disk.Disk;
import hinomi.metricstore.disk.Frames;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import java.util.Optional;

/// The name and head of a log file.
///
/// ```
///  0          8          16               24       28
///  ┌──────────┬──────────┬────────────────┬────────┬────────────┐
///  │ HINOWAL1 │ segment  │ first sequence │ CRC32C │ frames …   │
///  └──────────┴──────────┴────────────────┴────────┴────────────┘
/// ```
///
/// The first sequence has a second use: records of earlier segments that bear it or a higher number
/// were never acknowledged (their write failed and a new segment was begun), so they are void.
///
/// @param number rising from file to file, never used twice
/// @param firstSequence number of the first record that the segment can hold
record Segment(long number, long firstSequence) {
  static final String ENDING = ".wal";
  static final int HEAD = 28;
  private static final long MAGIC = 0x314C_4157_4F4E_4948L;

  static Path file(Path folder, long number) {
    return folder.resolve(String.format(Locale.ROOT, "%012d%s", number, ENDING));
  }

  static long number(Path file) {
    String name = String.valueOf(file.getFileName());
    return Long.parseLong(name.substring(0, name.length() - ENDING.length()));
  }

  byte[] head() {
    ByteSink sink = new ByteSink(HEAD);
    sink.putLong(MAGIC);
    sink.putLong(number);
    sink.putLong(firstSequence);
    sink.putInt(Frames.checksum(sink.bytes(), 0, sink.size()));
    byte[] head = new byte[HEAD];
    System.arraycopy(sink.bytes(), 0, head, 0, HEAD);
    return head;
  }

  /// The head of a file; empty when it is cut short or damaged.
  static Optional<Segment> read(Path file) throws IOException {
    ByteBuffer head = ByteBuffer.allocate(HEAD).order(ByteOrder.LITTLE_ENDIAN);
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      while (head.hasRemaining() && channel.read(head) >= 0) {
        // A read may give less than was asked for.
      }
    }
    if (head.hasRemaining()
        || head.getLong(0) != MAGIC
        || head.getInt(24) != Frames.checksum(head.array(), 0, 24)) {
      return Optional.empty();
    }
    return Optional.of(new Segment(head.getLong(8), head.getLong(16)));
  }

  /// Creates the file with its head; durable when this returns.
  FileChannel create(Path folder, Wal.Opener opener) throws IOException {
    FileChannel channel = opener.open(file(folder, number));
    try {
      Disk.write(channel, head(), HEAD);
      channel.force(true);
      Durably.syncFolder(folder);
      return channel;
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }
}
