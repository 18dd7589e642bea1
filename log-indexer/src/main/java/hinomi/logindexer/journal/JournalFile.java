package hinomi.logindexer.journal;

import hinomi.disk.Durably;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32C;

/// One file of the journal while it is being written. Only whole, synced records lie before
/// [#good]; after a failed write nothing more may be written to it, for the kernel may have dropped
/// the pages it failed to sync. One thread.
final class JournalFile implements AutoCloseable {
  static final int MAGIC = 0x4C4E4D48; // "HMNL" as bytes
  static final int HEADER = 20;
  static final String SUFFIX = ".journal";

  private final Path path;
  private final FileChannel channel;
  private long good;

  private JournalFile(Path path, FileChannel channel) {
    this.path = path;
    this.channel = channel;
  }

  /// Begins a new file, durably, named after the first record that may stand in it.
  static JournalFile create(Path folder, long firstSequence) throws IOException {
    Path path = folder.resolve(String.format("%019d%s", firstSequence, SUFFIX));
    FileChannel channel =
        FileChannel.open(
            path,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE);
    Durably.syncFolder(folder);
    return new JournalFile(path, channel);
  }

  Path path() {
    return path;
  }

  long good() {
    return good;
  }

  /// A record as it stands in the file.
  static ByteBuffer frame(long sequence, byte[] body) {
    ByteBuffer frame = ByteBuffer.allocate(HEADER + body.length).order(ByteOrder.LITTLE_ENDIAN);
    frame.putInt(MAGIC).putInt(body.length).putInt(0).putLong(sequence).put(body);
    frame.putInt(8, crc(frame.array(), 12, 8 + body.length));
    return frame.flip();
  }

  /// CRC-32C of the sequence number and the body.
  static int crc(byte[] bytes, int from, int length) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, from, length);
    return (int) crc.getValue();
  }

  /// Writes frames and syncs them, all or nothing.
  void write(Iterable<ByteBuffer> frames) throws IOException {
    for (ByteBuffer frame : frames) {
      while (frame.hasRemaining()) {
        channel.write(frame);
      }
    }
    channel.force(false);
    good = channel.position();
  }

  /// Cuts off what a failed write left behind.
  void seal() throws IOException {
    try (channel) {
      channel.truncate(good);
      channel.force(true);
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
