package hinomi.model;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Label sets as bytes: repeated protobuf fields 1 of type `Label`, as in remote write 1.0, so that
/// a series can be found by the bytes in which it came, without making a String. Stateless.
///
/// ```
/// ( 0A length ( 0A length name ) ( 12 length value ) )…
/// ```
///
/// [#encode] gives the canonical form: sorted by name, lengths in the shortest varints. Senders may
/// write another form of the same labels; [#decode] takes any.
public final class LabelBytes {
  private static final int FIELD_1 = 0x0A;
  private static final int FIELD_2 = 0x12;

  private LabelBytes() {}

  public static byte[] encode(Labels labels) {
    Out out = new Out(labels.size() * 32);
    labels.forEach((name, value) -> {
      byte[] n = name.getBytes(StandardCharsets.UTF_8);
      byte[] v = value.getBytes(StandardCharsets.UTF_8);
      out.pair(n, v);
    });
    return out.bytes();
  }

  private static final class Out {
    private byte[] bytes;
    private int size;

    Out(int expected) {
      bytes = new byte[Math.max(16, expected)];
    }

    void pair(byte[] name, byte[] value) {
      int inside =
          2 + varintSize(name.length) + name.length + varintSize(value.length) + value.length;
      int needed = size + 6 + inside;
      if (needed > bytes.length) {
        bytes = Arrays.copyOf(bytes, Math.max(needed, bytes.length * 2));
      }
      bytes[size++] = FIELD_1;
      varint(inside);
      text(FIELD_1, name);
      text(FIELD_2, value);
    }

    private void text(int tag, byte[] text) {
      bytes[size++] = (byte) tag;
      varint(text.length);
      System.arraycopy(text, 0, bytes, size, text.length);
      size += text.length;
    }

    private void varint(int value) {
      int rest = value;
      while (rest >= 0x80) {
        bytes[size++] = (byte) (rest | 0x80);
        rest >>>= 7;
      }
      bytes[size++] = (byte) rest;
    }

    byte[] bytes() {
      return Arrays.copyOf(bytes, size);
    }
  }

  private static int varintSize(int value) {
    return value < 1 << 7 ? 1 : value < 1 << 14 ? 2 : value < 1 << 21 ? 3 : value < 1 << 28 ? 4 : 5;
  }

  /// The labels that stand between two offsets; pairs with an empty value are left out. A
  /// [BadInput] with the offset when they are no label fields, are not UTF-8, or name a label twice
  /// or not at all.
  public static Labels decode(byte[] bytes, int from, int to) {
    Labels.Builder builder = Labels.builder();
    In in = new In(bytes, from, to);
    while (in.at < to) {
      in.expect(FIELD_1);
      int end = in.length(to);
      String name = "";
      String value = "";
      while (in.at < end) {
        int tag = in.varint();
        switch (tag) {
          case FIELD_1 -> name = in.text(end);
          case FIELD_2 -> value = in.text(end);
          default -> in.skip(tag, end);
        }
      }
      builder.add(name, value);
    }
    return builder.build();
  }

  private static final class In {
    private final byte[] bytes;
    private final int limit;
    private int at;

    In(byte[] bytes, int from, int limit) {
      this.bytes = bytes;
      this.at = from;
      this.limit = limit;
    }

    void expect(int tag) {
      if (varint() != tag) {
        throw new BadInput("no label field", at);
      }
    }

    int length(int end) {
      int length = varint();
      if (length < 0 || length > end - at) {
        throw new BadInput("a label's length is wrong", at);
      }
      return at + length;
    }

    String text(int end) {
      int textEnd = length(end);
      ByteBuffer part = ByteBuffer.wrap(bytes, at, textEnd - at);
      try {
        CharBuffer text = StandardCharsets.UTF_8.newDecoder().decode(part);
        at = textEnd;
        return text.toString();
      } catch (CharacterCodingException e) {
        throw new BadInput("a label is not UTF-8", at);
      }
    }

    void skip(int tag, int end) {
      switch (tag & 7) {
        case 0 -> {
          int _ = varint();
        }
        case 1 -> at += 8;
        case 2 -> at = length(end);
        case 5 -> at += 4;
        default -> throw new BadInput("no label field", at);
      }
      if (at > end) {
        throw new BadInput("a label's length is wrong", at);
      }
    }

    int varint() {
      int value = 0;
      for (int shift = 0; shift < 35; shift += 7) {
        if (at >= limit) {
          throw new BadInput("labels end too soon", at);
        }
        byte b = bytes[at++];
        value |= (b & 0x7F) << shift;
        if (b >= 0) {
          return value;
        }
      }
      throw new BadInput("a number is too long", at);
    }
  }
}
