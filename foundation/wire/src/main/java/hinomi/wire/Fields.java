package hinomi.wire;

import hinomi.model.BadInput;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/// Walks over the protobuf fields that lie in an array (protobuf.dev, "Encoding"), without copying
/// anything. Every read is held against the end of the message it is in; whatever is wrong is a
/// [BadInput] with the byte's offset. Groups are refused: proto3 has none. One thread.
final class Fields {
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  final byte[] bytes;

  /// Where the next unread byte is.
  int at;

  private final String format;

  /// @param format what the bytes should be, for complaints
  Fields(byte[] bytes, String format) {
    this.bytes = bytes;
    this.format = format;
  }

  /// The tag of a field: its number and its wire type.
  int tag(int end) {
    int start = at;
    long tag = varint(end);
    if (tag >>> 32 != 0 || tag >>> 3 == 0) {
      throw wrong("no field begins here", start);
    }
    return (int) tag;
  }

  long varint(int end) {
    long value = 0;
    for (int shift = 0; shift < 70; shift += 7) {
      if (at >= end) {
        throw wrong("a message ends within a field", at);
      }
      byte b = bytes[at++];
      value |= (b & 0x7FL) << shift;
      if (b >= 0) {
        return value;
      }
    }
    throw wrong("a number is too long", at);
  }

  /// A sint32 or sint64.
  long zigzag(int end) {
    long value = varint(end);
    return (value >>> 1) ^ -(value & 1);
  }

  long fixed64(int end) {
    if (end - at < 8) {
      throw wrong("a message ends within a field", at);
    }
    long value = (long) LONG.get(bytes, at);
    at += 8;
    return value;
  }

  double real(int end) {
    return Double.longBitsToDouble(fixed64(end));
  }

  /// Reads the length of a message, a text or a packed list, which begins at [#at] then; answers
  /// where it ends.
  int end(int end) {
    int start = at;
    long length = varint(end);
    if (length < 0 || length > end - at) {
      throw wrong("a length goes past the end", start);
    }
    return at + (int) length;
  }

  /// What is not UTF-8 in it is replaced: for texts that only people read.
  String text(int end) {
    int textEnd = end(end);
    String text = new String(bytes, at, textEnd - at, StandardCharsets.UTF_8);
    at = textEnd;
    return text;
  }

  /// A text that must be UTF-8.
  String strictText(int end) {
    int textEnd = end(end);
    try {
      String text =
          StandardCharsets.UTF_8
              .newDecoder()
              .decode(ByteBuffer.wrap(bytes, at, textEnd - at))
              .toString();
      at = textEnd;
      return text;
    } catch (CharacterCodingException e) {
      throw wrong("a text is not UTF-8", at);
    }
  }

  void skip(int tag, int end) {
    switch (tag & 7) {
      case 0 -> {
        long _ = varint(end);
      }
      case 1 -> step(8, end);
      case 2 -> at = end(end);
      case 5 -> step(4, end);
      default -> throw wrong("a group, which proto3 has not", at);
    }
  }

  private void step(int length, int end) {
    if (end - at < length) {
      throw wrong("a message ends within a field", at);
    }
    at += length;
  }

  BadInput wrong(String how, int offset) {
    return new BadInput("not " + format + ": " + how, offset);
  }
}
