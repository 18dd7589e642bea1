package hinomi.agent.tail;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.zip.CRC32C;

/// How far a file was read, and by what to know the file again: checksums of its first bytes and of
/// the last bytes before the offset. An inode alone is not enough: it is used again for other
/// files, and copy-and-truncate keeps it under another content.
///
/// @param offset bytes that were read
/// @param head CRC32C of the first bytes, at most [#SPAN] and never beyond `offset`
/// @param tail CRC32C of the last bytes before `offset`, at most [#SPAN]
record Mark(long offset, int head, int tail) {
  private static final int SPAN = 1024;

  static final Mark START = new Mark(0, 0, 0);

  /// The mark of a file that was read up to an offset.
  static Mark at(FileChannel file, long offset) throws IOException {
    int span = (int) Math.min(SPAN, offset);
    return span == 0 ? START : new Mark(offset, crc(file, 0, span), crc(file, offset - span, span));
  }

  /// Whether this file still is, or is a copy of, the one that was read.
  boolean holds(FileChannel file) throws IOException {
    return file.size() >= offset && (offset == 0 || equals(at(file, offset)));
  }

  private static int crc(FileChannel file, long from, int length) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(length);
    int read = 0;
    while (buffer.hasRemaining() && read >= 0) {
      read = file.read(buffer, from + buffer.position());
    }
    CRC32C crc = new CRC32C();
    crc.update(buffer.flip());
    return (int) crc.getValue();
  }
}
