package hinomi.metricstore.disk;

import java.util.zip.CRC32C;

/// Builds frames: records that carry length, number and checksums, so that a reader finds a torn
/// end, a flipped bit, and the next whole record behind it. Head and payload are checked apart: a
/// damaged payload costs its own record alone.
///
/// ```
///  0        4        8                 16       20       24
///  ┌────────┬────────┬─────────────────┬────────┬────────┬─────────┐
///  │ "HFRM" │ length │ sequence        │ CRC32C │ CRC32C │ payload │
///  │        │        │                 │ payload│ 0..20  │         │
///  └────────┴────────┴─────────────────┴────────┴────────┴─────────┘
/// ```
///
/// All numbers little-endian. One thread.
public final class Frames {
  static final int MAGIC = 0x4D52_4648;
  static final int HEAD = 24;

  /// No record is longer; a reader that sees more knows the length is damaged.
  public static final int MAX_PAYLOAD = 64 << 20;

  private final ByteSink sink;
  private long sequence;
  private int start;

  /// @param sequence number of the first frame; the others count on
  public Frames(int expected, long sequence) {
    this.sink = new ByteSink(expected);
    this.sequence = sequence;
  }

  /// Begins a frame; its payload is what is put into the sink until [#end].
  public ByteSink begin() {
    start = sink.size();
    sink.putInt(MAGIC);
    sink.putInt(0);
    sink.putLong(sequence);
    sink.putLong(0);
    return sink;
  }

  /// How much payload the frame that was begun has by now.
  public int payload() {
    return sink.size() - start - HEAD;
  }

  public void end() {
    sink.setInt(start + 4, payload());
    sink.setInt(start + 16, checksum(sink.bytes(), start + HEAD, payload()));
    sink.setInt(start + 20, checksum(sink.bytes(), start, 20));
    sequence++;
  }

  /// Number of the frame that comes next.
  public long sequence() {
    return sequence;
  }

  /// Whole frames only: never call between [#begin] and [#end].
  public byte[] bytes() {
    return sink.bytes();
  }

  public int size() {
    return sink.size();
  }

  /// Begins anew with the same memory.
  public void clear(long nextSequence) {
    sink.shrink(0);
    sequence = nextSequence;
  }

  /// CRC32C (RFC 3720, appendix B.4) of some bytes.
  public static int checksum(byte[] bytes, int from, int length) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, from, length);
    return (int) crc.getValue();
  }
}
