package hinomi.promql.parse;

import hinomi.model.BadInput;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Quoted texts, with the escapes of Go. A byte that is no UTF-8 is kept as the lone surrogate
/// U+DC00 plus its value, so that it is seen as wrong later and prints as it was written.
public final class Quoting {
  private static final String ESCAPES = "abfnrtv\\'\"";
  private static final String MEANINGS = "\u0007\b\f\n\r\t\u000b\\'\"";

  private Quoting() {}

  /// In double quotes.
  public static String quote(String text) {
    StringBuilder out = new StringBuilder(text.length() + 2).append('"');
    text.codePoints()
        .forEach(c -> {
          int escape = c == '\'' ? -1 : MEANINGS.indexOf(c);
          if (escape >= 0) {
            out.append('\\').append(ESCAPES.charAt(escape));
          } else if (c >= 0xDC80 && c <= 0xDCFF) {
            out.append(String.format("\\x%02x", c - 0xDC00));
          } else if (c < 0x20 || c == 0x7f) {
            out.append(String.format("\\x%02x", c));
          } else {
            out.appendCodePoint(c);
          }
        });
    return out.append('"').toString();
  }

  /// The text inside quotes of any of the three kinds.
  ///
  /// @param start where the opening quote stands in the whole expression, for messages
  static String unquote(String quoted, int start) {
    String inner = quoted.substring(1, quoted.length() - 1);
    if (quoted.charAt(0) == '`' || inner.indexOf('\\') < 0) {
      return inner;
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    int i = 0;
    while (i < inner.length()) {
      int c = inner.codePointAt(i);
      if (c != '\\') {
        bytes.writeBytes(Character.toString(c).getBytes(StandardCharsets.UTF_8));
        i += Character.charCount(c);
      } else {
        i = escape(inner, i + 1, start, bytes);
      }
    }
    return decoded(bytes.toByteArray());
  }

  /// Reads the escape whose backslash stands before `i`; answers where the text goes on.
  private static int escape(String inner, int i, int start, ByteArrayOutputStream bytes) {
    char kind = inner.charAt(i);
    int simple = ESCAPES.indexOf(kind);
    if (simple >= 0) {
      bytes.write(MEANINGS.charAt(simple));
      return i + 1;
    }
    boolean octal = kind >= '0' && kind <= '7';
    int length = octal ? 3 : kind == 'x' ? 2 : kind == 'u' ? 4 : 8;
    int from = octal ? i : i + 1;
    int value = Integer.parseInt(inner.substring(from, from + length), octal ? 8 : 16);
    if (octal || kind == 'x') {
      bytes.write(value);
    } else if (Character.isValidCodePoint(value)) {
      bytes.writeBytes(Character.toString(value).getBytes(StandardCharsets.UTF_8));
    } else {
      throw new BadInput("escape sequence is an invalid Unicode code point", start + i);
    }
    return from + length;
  }

  private static String decoded(byte[] bytes) {
    String text = new String(bytes, StandardCharsets.UTF_8);
    if (Arrays.equals(text.getBytes(StandardCharsets.UTF_8), bytes)) {
      return text;
    }
    StringBuilder out = new StringBuilder();
    int i = 0;
    while (i < bytes.length) {
      int length = sequence(bytes, i);
      if (length == 0) {
        out.append((char) (0xDC00 + (bytes[i] & 0xff)));
        i++;
      } else {
        out.append(new String(bytes, i, length, StandardCharsets.UTF_8));
        i += length;
      }
    }
    return out.toString();
  }

  /// Length of the valid UTF-8 sequence at `i`, or 0.
  private static int sequence(byte[] bytes, int i) {
    int first = bytes[i] & 0xff;
    int length = first < 0x80 ? 1 : first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : first >= 0xC2 ? 2 : 0;
    if (length == 0 || i + length > bytes.length) {
      return 0;
    }
    String text = new String(bytes, i, length, StandardCharsets.UTF_8);
    return text.indexOf('\uFFFD') < 0 ? length : 0;
  }

  /// Whether a label may be called so: any text that is not empty and is UTF-8.
  public static boolean isLabelName(String name) {
    return !name.isEmpty() && name.codePoints().noneMatch(c -> c >= 0xD800 && c <= 0xDFFF);
  }

  /// Whether a label's name may stand without quotes.
  public static boolean isPlainLabel(String name) {
    return name.matches("[a-zA-Z_][a-zA-Z0-9_]*");
  }
}
