package hinomi.wire;

import java.util.Arrays;

/// Puts label fields together that did not stand together. Used again and again by one thread.
final class LabelGathering {
  private byte[] bytes = new byte[256];
  private int size;

  void clear() {
    size = 0;
  }

  void add(byte[] from, int begin, int end) {
    int length = end - begin;
    if (length > bytes.length - size) {
      bytes = Arrays.copyOf(bytes, Math.max(size + length, 2 * bytes.length));
    }
    System.arraycopy(from, begin, bytes, size, length);
    size += length;
  }

  /// Valid up to [#size], until the next change.
  byte[] bytes() {
    return bytes;
  }

  int size() {
    return size;
  }
}
