package hinomi.agent.spool;

import hinomi.disk.Durably;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.zip.CRC32C;

/// One file of a spool. Layout: `docs/formats/agent-spool.md`. Not for several threads at once; the
/// spool sees to that.
final class Segment implements AutoCloseable {
  static final String SUFFIX = ".spool";
  static final int HEADER = 8;

  /// magic, crc, length, items, at.
  static final int FRAME = 4 + 4 + 4 + 4 + 8;

  private static final long FILE_MAGIC = 0x48_4E_53_50_4C_00_00_01L; // "HNSPL", version 1
  private static final int FRAME_MAGIC = 0x48_4E_42_54; // "HNBT"
  private static final int MAX_PAYLOAD = 64 << 20;
  private static final int SEARCH_STEP = 64 << 10;

  private final long number;
  private final Path file;
  private final FileChannel channel;
  private long size;
  private long unsent;
  private long damaged;

  private Segment(long number, Path file, FileChannel channel) {
    this.number = number;
    this.file = file;
    this.channel = channel;
  }

  static Segment create(Path folder, long number) throws IOException {
    Path file = folder.resolve(String.format(java.util.Locale.ROOT, "%016d", number) + SUFFIX);
    FileChannel channel =
        FileChannel.open(
            file, StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE);
    Segment segment = new Segment(number, file, channel);
    segment.writeAt(0, ByteBuffer.allocate(HEADER).putLong(0, FILE_MAGIC));
    segment.size = HEADER;
    channel.force(true);
    Durably.syncFolder(folder);
    return segment;
  }

  /// Opens a file that an earlier run has left. Whatever follows the last whole batch was never
  /// confirmed to anybody and is cut off, so that new batches can follow.
  static Segment open(Path file) throws IOException {
    String name = String.valueOf(file.getFileName());
    long number = Long.parseLong(name.substring(0, name.length() - SUFFIX.length()));
    FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
    Segment segment = new Segment(number, file, channel);
    segment.size = channel.size();
    long end = HEADER;
    Optional<Batch> batch = segment.next(HEADER);
    while (batch.isPresent()) {
      segment.damaged += batch.get().place().offset() - end;
      end = batch.get().place().end();
      segment.unsent += batch.get().items();
      batch = segment.next(end);
    }
    if (end < segment.size || segment.size < HEADER) {
      channel.truncate(end);
      segment.writeAt(0, ByteBuffer.allocate(HEADER).putLong(0, FILE_MAGIC));
      segment.size = end;
      channel.force(true);
    }
    return segment;
  }

  long number() {
    return number;
  }

  long size() {
    return size;
  }

  /// Bytes between whole batches that were found unreadable when the file was opened.
  long damaged() {
    return damaged;
  }

  /// Items that wait in here.
  long unsent() {
    return unsent;
  }

  void sent(int items) {
    unsent = Math.max(0, unsent - items);
  }

  /// Appends and syncs; when it fails, the file is as it was.
  void append(byte[] payload, int items, long at) throws IOException {
    ByteBuffer frame = ByteBuffer.allocate(FRAME + payload.length);
    frame.putInt(FRAME_MAGIC).putInt(0).putInt(payload.length).putInt(items).putLong(at);
    frame.put(payload);
    frame.putInt(4, crc(frame));
    frame.position(0);
    try {
      writeAt(size, frame);
      channel.force(false);
    } catch (IOException e) {
      channel.truncate(size);
      throw e;
    }
    size += frame.capacity();
    unsent += items;
  }

  /// The first whole batch at or after an offset. Damaged bytes are passed over: the search goes on
  /// to the next place where a batch begins and its checksum holds.
  Optional<Batch> next(long offset) throws IOException {
    long at = Math.max(offset, HEADER);
    while (at + FRAME <= size) {
      Optional<Batch> batch = whole(at);
      if (batch.isPresent()) {
        return batch;
      }
      at = search(at + 1);
    }
    return Optional.empty();
  }

  private Optional<Batch> whole(long at) throws IOException {
    ByteBuffer head = readAt(at, FRAME);
    int length = head.getInt(8);
    if (head.getInt(0) != FRAME_MAGIC
        || length < 0
        || length > MAX_PAYLOAD
        || at + FRAME + length > size) {
      return Optional.empty();
    }
    ByteBuffer frame = readAt(at, FRAME + length);
    if (frame.getInt(4) != crc(frame)) {
      return Optional.empty();
    }
    byte[] payload = new byte[length];
    frame.get(FRAME, payload);
    Batch.Place place = new Batch.Place(number, at, at + FRAME + length);
    return Optional.of(new Batch(place, frame.getInt(12), frame.getLong(16), payload));
  }

  /// Where the frame magic stands next, or the end.
  private long search(long from) throws IOException {
    long at = from;
    while (at + FRAME <= size) {
      ByteBuffer piece = readAt(at, (int) Math.min(SEARCH_STEP, size - at));
      for (int i = 0; i + 4 <= piece.limit(); i++) {
        if (piece.getInt(i) == FRAME_MAGIC) {
          return at + i;
        }
      }
      at += Math.max(1, piece.limit() - 3);
    }
    return size;
  }

  private static int crc(ByteBuffer frame) {
    CRC32C crc = new CRC32C();
    crc.update(frame.duplicate().position(8).limit(frame.capacity()));
    return (int) crc.getValue();
  }

  private ByteBuffer readAt(long at, int length) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(length);
    while (buffer.hasRemaining()) {
      if (channel.read(buffer, at + buffer.position()) < 0) {
        throw new EOFException(file + " ends early");
      }
    }
    return buffer.flip();
  }

  private void writeAt(long at, ByteBuffer buffer) throws IOException {
    while (buffer.hasRemaining()) {
      channel.write(buffer, at + buffer.position());
    }
  }

  void delete() throws IOException {
    channel.close();
    Files.deleteIfExists(file);
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
