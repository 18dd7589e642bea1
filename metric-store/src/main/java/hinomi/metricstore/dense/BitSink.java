package hinomi.metricstore.dense;

import hinomi.metricstore.disk.ByteSink;

/// Bits behind bytes, low bits first. One thread.
final class BitSink {
  private final ByteSink out;
  private long held;
  private int count;

  BitSink(ByteSink out) {
    this.out = out;
  }

  /// @param width at most 32; the value has no higher bits
  void put(long value, int width) {
    held |= value << count;
    count += width;
    if (count >= 32) {
      out.putInt((int) held);
      held >>>= 32;
      count -= 32;
    }
  }

  /// Fills the last byte with zeros.
  void flush() {
    for (; count > 0; count -= 8) {
      out.putByte((int) held);
      held >>>= 8;
    }
    count = 0;
  }
}
