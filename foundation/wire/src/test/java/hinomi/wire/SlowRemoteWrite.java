package hinomi.wire;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.WireFormat;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;

/// Reads a remote write 1.0 message field by field with protobuf's own reader, copying everything:
/// what the fast reading is held against. A series is a line: its label fields, then its samples.
final class SlowRemoteWrite {
  private SlowRemoteWrite() {}

  private interface Field {
    /// Whether the field was read.
    boolean read(int tag, CodedInputStream in) throws IOException;
  }

  private static void fields(byte[] message, Field field) throws IOException {
    CodedInputStream in = CodedInputStream.newInstance(message);
    while (!in.isAtEnd()) {
      int tag = in.readTag();
      int type = WireFormat.getTagWireType(tag);
      if (type == WireFormat.WIRETYPE_START_GROUP || type == WireFormat.WIRETYPE_END_GROUP) {
        throw new InvalidProtocolBufferException("a group");
      }
      if (!field.read(tag, in)) {
        boolean _ = in.skipField(tag);
      }
    }
  }

  private static int message(int field) {
    return (field << 3) | WireFormat.WIRETYPE_LENGTH_DELIMITED;
  }

  static List<String> read(byte[] message) throws IOException {
    List<String> lines = new ArrayList<>();
    fields(
        message,
        (tag, in) -> {
          if (tag == message(4) || tag == message(5)) {
            throw new InvalidProtocolBufferException("version 2.0");
          }
          if (tag == message(1)) {
            series(in.readByteArray(), lines);
            return true;
          }
          if (tag == message(3)) {
            checked(in.readByteArray(), Set.of(), Set.of(), Set.of());
            return true;
          }
          return false;
        });
    return lines;
  }

  private static void series(byte[] series, List<String> lines) throws IOException {
    List<String> labels = new ArrayList<>();
    List<String> samples = new ArrayList<>();
    boolean[] more = {false};
    fields(
        series,
        (tag, in) -> {
          if (tag == message(1)) {
            labels.add(hex(in.readByteArray()));
            return true;
          }
          more[0] = true;
          if (tag == message(2)) {
            samples.add(sample(in.readByteArray()));
            return true;
          }
          if (tag == message(3)) {
            checked(in.readByteArray(), Set.of(), Set.of(), Set.of());
            return true;
          }
          if (tag == message(4)) {
            checked(in.readByteArray(), Set.of(8, 11), Set.of(9, 12), Set.of(10, 13, 16));
            return true;
          }
          return false;
        });
    if (more[0]) {
      lines.add(labels + " " + samples);
    }
  }

  private static String sample(byte[] sample) throws IOException {
    long[] parts = new long[2];
    fields(
        sample,
        (tag, in) -> {
          switch (tag) {
            case (1 << 3) | WireFormat.WIRETYPE_FIXED64 -> parts[0] = in.readFixed64();
            case (2 << 3) | WireFormat.WIRETYPE_VARINT -> parts[1] = in.readInt64();
            default -> {
              return false;
            }
          }
          return true;
        });
    return parts[1] + "=" + parts[0];
  }

  /// Walks over a message whose content does not matter here.
  private static void checked(
      byte[] message, Set<Integer> messages, Set<Integer> varints, Set<Integer> doubles)
      throws IOException {
    fields(
        message,
        (tag, in) -> {
          int field = WireFormat.getTagFieldNumber(tag);
          if (WireFormat.getTagWireType(tag) != WireFormat.WIRETYPE_LENGTH_DELIMITED) {
            return false;
          }
          byte[] inside = in.readByteArray();
          if (messages.contains(field)) {
            checked(inside, Set.of(), Set.of(), Set.of());
          }
          CodedInputStream list = CodedInputStream.newInstance(inside);
          while (varints.contains(field) && !list.isAtEnd()) {
            long _ = list.readRawVarint64();
          }
          while (doubles.contains(field) && !list.isAtEnd()) {
            long _ = list.readRawLittleEndian64();
          }
          return true;
        });
  }

  static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }
}
