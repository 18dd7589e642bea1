package hinomi.logindexer.layout;

import hinomi.model.Failure;
import hinomi.model.Labels;
import java.io.IOException;
import java.io.StreamCorruptedException;
import java.nio.charset.StandardCharsets;

/// Reads what [BytesOut] wrote. Every length is checked against what is left before anything is
/// allocated; bytes that cannot be right are a [StreamCorruptedException]. One thread.
public final class BytesIn {
  private final byte[] buffer;
  private final int end;
  private int at;

  public BytesIn(byte[] buffer, int from, int end) {
    this.buffer = buffer;
    this.at = from;
    this.end = end;
  }

  public BytesIn(byte[] buffer) {
    this(buffer, 0, buffer.length);
  }

  /// Where the next byte lies in the array.
  public int at() {
    return at;
  }

  public int left() {
    return end - at;
  }

  public long varint() throws IOException {
    long value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      if (at >= end) {
        throw new StreamCorruptedException("a number is cut off");
      }
      byte b = buffer[at++];
      value |= (long) (b & 0x7F) << shift;
      if (b >= 0) {
        return value;
      }
    }
    throw new StreamCorruptedException("a number is longer than ten bytes");
  }

  public long signed() throws IOException {
    long value = varint();
    return (value >>> 1) ^ -(value & 1);
  }

  /// A number of things that take at least one byte each.
  public int count() throws IOException {
    long value = varint();
    if (value < 0 || value > left()) {
      throw new StreamCorruptedException("a count of " + value + " with " + left() + " bytes left");
    }
    return (int) value;
  }

  public String text() throws IOException {
    int length = count();
    String text = new String(buffer, at, length, StandardCharsets.UTF_8);
    at += length;
    return text;
  }

  public Labels labels() throws IOException {
    int pairs = count();
    if (pairs == 0) {
      return Labels.EMPTY;
    }
    try {
      Labels.Builder builder = Labels.builder();
      for (int i = 0; i < pairs; i++) {
        builder.add(text(), text());
      }
      return builder.build();
    } catch (Failure e) {
      throw (IOException) new StreamCorruptedException("labels: " + e.reason()).initCause(e);
    }
  }
}
