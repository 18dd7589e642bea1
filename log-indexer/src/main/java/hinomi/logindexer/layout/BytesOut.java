package hinomi.logindexer.layout;

import hinomi.model.Labels;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// A growing array of bytes that the layouts are written into. One thread.
public final class BytesOut {
  private byte[] buffer = new byte[256];
  private int size;

  public int size() {
    return size;
  }

  public byte[] toBytes() {
    return Arrays.copyOf(buffer, size);
  }

  /// LEB128: seven bits a byte, the lowest first, as protobuf's varint.
  public BytesOut varint(long value) {
    room(10);
    long rest = value;
    while ((rest & ~0x7FL) != 0) {
      buffer[size++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    buffer[size++] = (byte) rest;
    return this;
  }

  /// A signed value, small ones short: zigzag, then varint.
  public BytesOut signed(long value) {
    return varint((value << 1) ^ (value >> 63));
  }

  public BytesOut bytes(byte[] bytes) {
    room(bytes.length);
    System.arraycopy(bytes, 0, buffer, size, bytes.length);
    size += bytes.length;
    return this;
  }

  /// Length as a varint, then UTF-8.
  public BytesOut text(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return varint(bytes.length).bytes(bytes);
  }

  /// Number of pairs, then name and value in turn, sorted by name.
  public BytesOut labels(Labels labels) {
    varint(labels.size());
    labels.forEach((name, value) -> text(name).text(value));
    return this;
  }

  private void room(int more) {
    if (buffer.length - size < more) {
      buffer = Arrays.copyOf(buffer, Math.max(buffer.length * 2, size + more));
    }
  }
}
