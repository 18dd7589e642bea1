package hinomi.wire;

import hinomi.model.BadInput;
import java.io.ByteArrayOutputStream;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/// Decodes gzip (RFC 1952) and deflate (RFC 1950, RFC 1951) under limits. By hand, because the
/// JDK's stream takes garbage after a member for the end of the input. One use, one thread.
final class Inflation {
  private static final int HEADER = 10;
  private static final int FLAG_CRC = 2;
  private static final int FLAG_EXTRA = 4;
  private static final int FLAG_NAME = 8;
  private static final int FLAG_COMMENT = 16;

  private final byte[] body;
  private final Encodings.Limits limits;
  private final long allowed;
  private final ByteArrayOutputStream decoded;
  private final byte[] chunk = new byte[16 * 1024];

  /// Where the next unread byte of the body is.
  private int at;

  Inflation(byte[] body, Encodings.Limits limits) {
    this.body = body;
    this.limits = limits;
    this.allowed = limits.allowed(body.length);
    this.decoded = new ByteArrayOutputStream((int) Math.min(allowed, 4L * body.length + 64));
  }

  byte[] gzip() {
    do {
      header();
      CRC32 crc = new CRC32();
      int size = inflate(true, crc);
      if (little(4) != (int) crc.getValue() || little(4) != size) {
        throw new BadInput("gzip: the checksum or the length is wrong", at);
      }
    } while (at < body.length);
    return decoded.toByteArray();
  }

  /// Some senders mean RFC 1951 by "deflate", the standard means RFC 1950: the two begin
  /// differently.
  byte[] deflate() {
    inflate(!zlibHeader(), new CRC32());
    if (at < body.length) {
      throw new BadInput("deflate: something follows after the end", at);
    }
    return decoded.toByteArray();
  }

  private boolean zlibHeader() {
    return body.length >= 2
        && (body[0] & 0x0f) == 8
        && (((body[0] & 0xff) << 8) | (body[1] & 0xff)) % 31 == 0;
  }

  private void header() {
    int start = at;
    if (body.length - at < HEADER || body[at] != 0x1f || body[at + 1] != (byte) 0x8b) {
      throw new BadInput("gzip: no gzip header here", start);
    }
    int flags = body[at + 3];
    if (body[at + 2] != 8 || (flags & 0xe0) != 0) {
      throw new BadInput("gzip: an unknown method or flag", start);
    }
    at += HEADER;
    if ((flags & FLAG_EXTRA) != 0) {
      skip(little(2));
    }
    if ((flags & FLAG_NAME) != 0) {
      skipText();
    }
    if ((flags & FLAG_COMMENT) != 0) {
      skipText();
    }
    if ((flags & FLAG_CRC) != 0) {
      skip(2);
    }
  }

  private void skip(int bytes) {
    if (bytes > body.length - at) {
      throw truncated();
    }
    at += bytes;
  }

  private void skipText() {
    do {
      skip(1);
    } while (body[at - 1] != 0);
  }

  private int little(int bytes) {
    skip(bytes);
    int value = 0;
    for (int i = 1; i <= bytes; i++) {
      value = (value << 8) | (body[at - i] & 0xff);
    }
    return value;
  }

  /// Inflates from `at` on, leaves `at` behind the last byte used; answers how much came out.
  private int inflate(boolean raw, CRC32 crc) {
    int before = decoded.size();
    try (Inflater inflater = new Inflater(raw)) {
      inflater.setInput(body, at, body.length - at);
      while (!inflater.finished()) {
        int count = inflater.inflate(chunk);
        if (decoded.size() + (long) count > allowed) {
          throw limits.exceeded(body.length);
        }
        if (count == 0 && !inflater.finished()) {
          throw truncated();
        }
        crc.update(chunk, 0, count);
        decoded.write(chunk, 0, count);
      }
      at = body.length - inflater.getRemaining();
    } catch (DataFormatException e) {
      throw new BadInput("the compressed body is damaged: " + e.getMessage(), e);
    }
    return decoded.size() - before;
  }

  private BadInput truncated() {
    return new BadInput("the compressed body ends too early", body.length);
  }
}
