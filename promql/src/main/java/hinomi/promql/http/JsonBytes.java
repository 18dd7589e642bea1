package hinomi.promql.http;

import hinomi.model.Labels;
import hinomi.model.OverLimit;
import java.util.Arrays;

/// JSON (RFC 8259) written straight into bytes, without a tree and without Strings, for an answer
/// may hold millions of values. The caller writes the punctuation. One thread.
final class JsonBytes {
  /// What one point may need: brackets, time and value.
  private static final int POINT = 2 * FloatText.LONGEST + 8;

  /// Points that room is made for at once.
  private static final int TOGETHER = 64;

  private static final byte[] HEX = {
    '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'
  };

  private final FloatText floats = new FloatText();
  private final TimeText times = new TimeText();
  private final int most;
  private byte[] bytes;
  private int size;

  /// @param expected bytes in the end
  /// @param most bytes; more is [OverLimit]
  JsonBytes(long expected, int most) {
    this.most = most;
    this.bytes = new byte[(int) Math.min(Math.max(expected, 256), most)];
  }

  private void reserve(long more) {
    long needed = size + more;
    if (needed <= bytes.length) {
      return;
    }
    if (needed > most) {
      throw OverLimit.cost(
          String.format(
              "the answer would be larger than %,d bytes (max-answer); ask for fewer series or a"
                  + " longer step",
              most));
    }
    bytes = Arrays.copyOf(bytes, (int) Math.clamp(2L * bytes.length, needed, (long) most));
  }

  /// Puts in what is JSON already.
  ///
  /// @param ascii without other characters
  JsonBytes raw(String ascii) {
    reserve(ascii.length());
    for (int i = 0; i < ascii.length(); i++) {
      bytes[size++] = (byte) ascii.charAt(i);
    }
    return this;
  }

  /// Ends a list or an object whose elements each ended with a comma.
  JsonBytes end(char bracket) {
    if (bytes[size - 1] == ',') {
      size--;
    }
    reserve(1);
    bytes[size++] = (byte) bracket;
    return this;
  }

  /// `[time,"value"]`
  JsonBytes point(long millis, double value) {
    reserve(POINT);
    size = point(millis, value, bytes, size);
    return this;
  }

  /// `[[time,"value"],…]`
  JsonBytes points(long[] times, double[] values) {
    raw("[");
    int from = 0;
    while (from < times.length) {
      int to = Math.min(times.length, from + TOGETHER);
      reserve((long) (to - from) * POINT);
      byte[] into = bytes;
      int at = size;
      for (int i = from; i < to; i++) {
        at = point(times[i], values[i], into, at);
        into[at++] = ',';
      }
      size = at;
      from = to;
    }
    return end(']');
  }

  private int point(long millis, double value, byte[] to, int from) {
    int at = from;
    to[at++] = '[';
    at = times.write(millis, to, at);
    to[at++] = ',';
    to[at++] = '"';
    at = floats.write(value, to, at);
    to[at++] = '"';
    to[at++] = ']';
    return at;
  }

  JsonBytes seconds(long millis) {
    reserve(FloatText.LONGEST);
    size = times.write(millis, bytes, size);
    return this;
  }

  /// A number in quotes, as values are written: JSON itself knows no NaN.
  JsonBytes quoted(double value) {
    return raw("\"").number(value).raw("\"");
  }

  /// A number, finite where JSON has to be read back.
  JsonBytes number(double value) {
    reserve(FloatText.LONGEST);
    size = floats.write(value, bytes, size);
    return this;
  }

  /// A whole number, not below zero.
  JsonBytes whole(long value) {
    reserve(FloatText.LONGEST);
    size = FloatText.whole(value, bytes, size);
    return this;
  }

  /// `{"name":"value",…}`
  JsonBytes labels(Labels labels) {
    long most = 2;
    for (int i = 0; i < labels.size(); i++) {
      most += most(labels.name(i)) + most(labels.value(i)) + 2;
    }
    reserve(most);
    byte[] to = bytes;
    int at = size;
    to[at++] = '{';
    for (int i = 0; i < labels.size(); i++) {
      if (i > 0) {
        to[at++] = ',';
      }
      at = text(labels.name(i), to, at);
      to[at++] = ':';
      at = text(labels.value(i), to, at);
    }
    to[at++] = '}';
    size = at;
    return this;
  }

  /// A text in quotes. What is no character becomes U+FFFD.
  JsonBytes text(String text) {
    reserve(most(text));
    size = text(text, bytes, size);
    return this;
  }

  private static long most(String text) {
    return 6L * text.length() + 2;
  }

  private static int text(String text, byte[] to, int from) {
    int length = text.length();
    int at = from;
    to[at++] = '"';
    for (int i = 0; i < length; i++) {
      char c = text.charAt(i);
      if (c < 0x80) {
        if (c >= 0x20 && c != '"' && c != '\\') {
          to[at++] = (byte) c;
        } else {
          at = escaped(c, to, at);
        }
      } else if (Character.isHighSurrogate(c)
          && i + 1 < length
          && Character.isLowSurrogate(text.charAt(i + 1))) {
        at = fourBytes(Character.toCodePoint(c, text.charAt(++i)), to, at);
      } else {
        at = twoOrThreeBytes(Character.isSurrogate(c) ? '\uFFFD' : c, to, at);
      }
    }
    to[at++] = '"';
    return at;
  }

  private static int escaped(char c, byte[] to, int at) {
    int end = at;
    to[end++] = '\\';
    switch (c) {
      case '"', '\\' -> to[end++] = (byte) c;
      case '\n' -> to[end++] = 'n';
      case '\r' -> to[end++] = 'r';
      case '\t' -> to[end++] = 't';
      default -> {
        to[end++] = 'u';
        to[end++] = '0';
        to[end++] = '0';
        to[end++] = HEX[c >> 4];
        to[end++] = HEX[c & 15];
      }
    }
    return end;
  }

  private static int twoOrThreeBytes(char c, byte[] to, int at) {
    int end = at;
    if (c < 0x800) {
      to[end++] = (byte) (0xC0 | (c >> 6));
    } else {
      to[end++] = (byte) (0xE0 | (c >> 12));
      to[end++] = (byte) (0x80 | ((c >> 6) & 0x3F));
    }
    to[end++] = (byte) (0x80 | (c & 0x3F));
    return end;
  }

  private static int fourBytes(int c, byte[] to, int at) {
    to[at] = (byte) (0xF0 | (c >> 18));
    to[at + 1] = (byte) (0x80 | ((c >> 12) & 0x3F));
    to[at + 2] = (byte) (0x80 | ((c >> 6) & 0x3F));
    to[at + 3] = (byte) (0x80 | (c & 0x3F));
    return at + 4;
  }

  byte[] toBytes() {
    return Arrays.copyOf(bytes, size);
  }
}
