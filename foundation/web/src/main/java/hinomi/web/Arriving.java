package hinomi.web;

import io.vertx.core.buffer.Buffer;
import java.util.Arrays;

/// A body on its way in. Each byte is copied once, into an array of the announced length, which
/// then is the request's: most senders announce it. Of one event loop.
final class Arriving {
  /// What is set aside on a mere announcement: who claims much and sends nothing costs no more.
  private static final int MOST_AHEAD = 1 << 20;

  private static final byte[] NOTHING = {};

  private final long limit;
  private byte[] bytes;
  private int length;

  /// @param limit bytes that may come
  /// @param announced the value of Content-Length; empty where there is none
  Arriving(long limit, String announced) {
    this.limit = limit;
    long ahead = Math.min(announcedLength(announced), Math.min(limit, MOST_AHEAD));
    this.bytes = ahead == 0 ? NOTHING : new byte[(int) ahead];
  }

  private static long announcedLength(String announced) {
    try {
      return announced.isEmpty() ? 0 : Math.max(0, Long.parseLong(announced));
    } catch (NumberFormatException _) {
      return 0; // the parser of HTTP decides what that means
    }
  }

  /// Takes a chunk, unless the body would be larger than it may be.
  boolean take(Buffer chunk) {
    int size = chunk.length();
    if (length + (long) size > limit) {
      return false;
    }
    if (length + size > bytes.length) {
      long room = Math.max(length + (long) size, Math.min(limit, bytes.length * 2L));
      bytes = Arrays.copyOf(bytes, (int) Math.min(room, Integer.MAX_VALUE - 8));
    }
    chunk.getBytes(bytes, length);
    length += size;
    return true;
  }

  /// All that came.
  byte[] whole() {
    return length == bytes.length ? bytes : Arrays.copyOf(bytes, length);
  }
}
