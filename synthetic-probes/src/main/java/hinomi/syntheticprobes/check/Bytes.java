package hinomi.syntheticprobes.check;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/// The bytes of an HTTP answer as they come. One thread.
final class Bytes {
  private static final int MAX_LINE = 16_384;

  private final Wire wire;
  private final byte[] buffer = new byte[16_384];
  private int from;
  private int to;

  Bytes(Wire wire) {
    this.wire = wire;
  }

  /// The next byte, or -1 at the end.
  int next() throws IOException {
    if (from == to) {
      int length = wire.read(buffer);
      if (length < 0) {
        return -1;
      }
      from = 0;
      to = length;
    }
    return buffer[from++] & 0xff;
  }

  /// A line without its end.
  String line() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int b = next(); b != '\n'; b = next()) {
      if (b < 0) {
        throw new EOFException("the connection was closed early");
      }
      if (line.size() == MAX_LINE) {
        throw new IOException("a line of the answer's head is longer than " + MAX_LINE);
      }
      line.write(b);
    }
    return line.toString(StandardCharsets.ISO_8859_1).stripTrailing();
  }
}
