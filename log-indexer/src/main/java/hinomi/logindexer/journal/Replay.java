package hinomi.logindexer.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;

/// Reads one journal file. A torn end is cut off in silence, for it was never acknowledged; damage
/// in the middle costs the records it touches: the next one is found by its magic word and
/// checksum.
final class Replay {
  /// Takes a record's body.
  @FunctionalInterface
  interface Reader {
    void record(long sequence, byte[] body) throws IOException;
  }

  /// What was met.
  ///
  /// @param lastSequence the highest number, 0 for none
  /// @param damaged bytes between whole records that belong to none
  /// @param torn bytes after the last whole record
  record Outcome(long lastSequence, long damaged, long torn) {}

  private Replay() {}

  static Outcome read(Path file, Reader reader) throws IOException {
    // Files are closed at 16 MiB or after the one batch that crosses it, so one fits into memory.
    byte[] bytes = Files.readAllBytes(file);
    ByteBuffer view = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    long last = 0;
    long damaged = 0;
    int whole = 0;
    int at = 0;
    while (at + JournalFile.HEADER <= bytes.length) {
      int length = view.getInt(at + 4);
      if (!isRecord(view, bytes, at, length)) {
        at++;
        continue;
      }
      damaged += at - whole;
      long sequence = view.getLong(at + 12);
      int body = at + JournalFile.HEADER;
      byte[] copy = new byte[length];
      System.arraycopy(bytes, body, copy, 0, length);
      reader.record(sequence, copy);
      last = Math.max(last, sequence);
      at = body + length;
      whole = at;
    }
    return new Outcome(last, damaged, bytes.length - whole);
  }

  private static boolean isRecord(ByteBuffer view, byte[] bytes, int at, int length) {
    return view.getInt(at) == JournalFile.MAGIC
        && length >= 0
        && length <= bytes.length - at - JournalFile.HEADER
        && view.getInt(at + 8) == JournalFile.crc(bytes, at + 12, 8 + length);
  }
}
