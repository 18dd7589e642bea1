package hinomi.metricstore.disk;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Reads the frames of a file from an offset on, stepping over what is damaged to the next whole
/// frame. Zeros at the end of the file are room that was not used. One thread; close it to unmap
/// the file.
public final class FrameReader implements AutoCloseable {
  private static final ValueLayout.OfInt INT =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfLong LONG =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private final Arena arena = Arena.ofConfined();
  private final MemorySegment file;
  private final List<Damage> damages = new ArrayList<>();
  private final long end;
  private long at;

  /// A whole record.
  ///
  /// @param sequence its number
  /// @param payload its bytes, checked
  @SuppressWarnings("ArrayRecordComponent") // never compared
  public record Frame(long sequence, byte[] payload) {}

  /// Bytes that are no whole frame.
  ///
  /// @param offset where they begin in the file
  /// @param length how many there are
  /// @param tail whether no whole frame follows: a write that was cut short looks like this
  public record Damage(long offset, long length, boolean tail) {}

  public FrameReader(Path path, long offset) throws IOException {
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      this.file = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), arena);
    }
    this.at = Math.min(offset, file.byteSize());
    this.end = endOfContent(at);
  }

  private long endOfContent(long begin) {
    long from = file.byteSize();
    while (from - Long.BYTES >= begin && file.get(LONG, from - Long.BYTES) == 0) {
      from -= Long.BYTES;
    }
    while (from > begin && file.get(ValueLayout.JAVA_BYTE, from - 1) == 0) {
      from--;
    }
    return from;
  }

  /// The next whole frame.
  public Optional<Frame> next() {
    Optional<Frame> frame = frameAt(at);
    if (frame.isPresent()) {
      at += Frames.HEAD + frame.get().payload().length;
      return frame;
    }
    long begin = at;
    long lastHead = Math.min(end, file.byteSize() - Frames.HEAD);
    for (long candidate = begin + 1; candidate <= lastHead; candidate++) {
      if (file.get(INT, candidate) == Frames.MAGIC) {
        Optional<Frame> found = frameAt(candidate);
        if (found.isPresent()) {
          damages.add(new Damage(begin, candidate - begin, false));
          at = candidate + Frames.HEAD + found.get().payload().length;
          return found;
        }
      }
    }
    if (begin < end) {
      damages.add(new Damage(begin, end - begin, true));
    }
    at = file.byteSize();
    return Optional.empty();
  }

  private Optional<Frame> frameAt(long offset) {
    if (offset + Frames.HEAD > file.byteSize() || file.get(INT, offset) != Frames.MAGIC) {
      return Optional.empty();
    }
    byte[] head = file.asSlice(offset, Frames.HEAD).toArray(ValueLayout.JAVA_BYTE);
    int length = file.get(INT, offset + 4);
    if (file.get(INT, offset + 20) != Frames.checksum(head, 0, 20)
        || length < 0
        || length > Frames.MAX_PAYLOAD
        || offset + Frames.HEAD + length > file.byteSize()) {
      return Optional.empty();
    }
    byte[] payload = file.asSlice(offset + Frames.HEAD, length).toArray(ValueLayout.JAVA_BYTE);
    if (file.get(INT, offset + 16) != Frames.checksum(payload, 0, length)) {
      return Optional.empty();
    }
    return Optional.of(new Frame(file.get(LONG, offset + 8), payload));
  }

  /// What had to be stepped over so far.
  public List<Damage> damages() {
    return List.copyOf(damages);
  }

  /// The bytes of a damage, for keeping aside; a prefix where there are very many.
  public byte[] bytes(Damage damage) {
    long length = Math.min(damage.length(), Frames.MAX_PAYLOAD);
    return file.asSlice(damage.offset(), length).toArray(ValueLayout.JAVA_BYTE);
  }

  @Override
  public void close() {
    arena.close();
  }
}
