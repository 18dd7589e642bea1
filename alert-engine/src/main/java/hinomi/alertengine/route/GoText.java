package hinomi.alertengine.route;

import hinomi.model.BadInput;
import hinomi.model.Text;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/// A text in double quotes with Go's escapes (The Go Programming Language Specification, "String
/// literals"). Bytes written as `\x..` or in octal have to come to UTF-8.
///
/// @param end characters up to and with the closing quote
record GoText(String value, int end) {
  /// @param from where the opening quote stands
  static GoText read(String text, int from) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    int at = from + 1;
    while (at < text.length()) {
      int letter = text.codePointAt(at);
      if (letter == '"') {
        return new GoText(decoded(bytes, from), at + 1);
      }
      if (letter == '\n') {
        break;
      }
      if (letter == '\\') {
        at = escape(text, at, bytes);
      } else {
        put(letter, bytes);
        at += Character.charCount(letter);
      }
    }
    throw new BadInput(
        new Text(
            text.substring(from) + ": 閉じる「\"」がありません", text.substring(from) + ": missing end \""),
        from);
  }

  private static int escape(String text, int at, ByteArrayOutputStream into) {
    char kind = at + 1 < text.length() ? text.charAt(at + 1) : ' ';
    int plain = "abfnrtv\\\"".indexOf(kind);
    if (plain >= 0) {
      into.write("\u0007\b\f\n\r\t\u000b\\\"".charAt(plain));
      return at + 2;
    }
    return switch (kind) {
      case 'x' -> number(text, at, new Digits(2, 2, 16), into);
      case 'u' -> number(text, at, new Digits(2, 4, 16), into);
      case 'U' -> number(text, at, new Digits(2, 8, 16), into);
      case '0', '1', '2', '3', '4', '5', '6', '7' -> number(text, at, new Digits(1, 3, 8), into);
      default ->
          throw new BadInput(
              new Text("「\\" + kind + "」というエスケープはありません", "unknown escape \\" + kind), at);
    };
  }

  /// The digits of an escape.
  ///
  /// @param skip characters before them
  private record Digits(int skip, int count, int radix) {}

  private static int number(String text, int at, Digits digits, ByteArrayOutputStream into) {
    int begin = at + digits.skip();
    int end = begin + digits.count();
    int value;
    try {
      value = Integer.parseInt(text.substring(begin, end), digits.radix());
    } catch (IndexOutOfBoundsException | NumberFormatException e) {
      throw new BadInput(new Text("エスケープが途中で終わっています", "incomplete escape"), at);
    }
    boolean oneByte = digits.count() < 4;
    if (oneByte ? value > 0xff : !Character.isValidCodePoint(value) || isSurrogate(value)) {
      throw new BadInput(new Text("エスケープが文字を表していません", "escape names no character"), at);
    }
    if (oneByte) {
      into.write(value);
    } else {
      put(value, into);
    }
    return end;
  }

  private static boolean isSurrogate(int value) {
    return value >= Character.MIN_SURROGATE && value <= Character.MAX_SURROGATE;
  }

  private static void put(int letter, ByteArrayOutputStream into) {
    into.writeBytes(Character.toString(letter).getBytes(StandardCharsets.UTF_8));
  }

  private static String decoded(ByteArrayOutputStream bytes, int from) {
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(bytes.toByteArray()))
          .toString();
    } catch (CharacterCodingException e) {
      throw new BadInput(new Text("UTF-8 ではありません", "the text is not UTF-8"), from);
    }
  }
}
