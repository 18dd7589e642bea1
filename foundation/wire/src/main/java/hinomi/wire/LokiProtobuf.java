package hinomi.wire;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import hinomi.model.BadInput;
import hinomi.model.Labels;
import hinomi.model.LogRecord;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// Reads Loki's `logproto.PushRequest`. One use, one thread.
///
/// ```
/// PushRequest { repeated Stream streams = 1; }
/// Stream      { string labels = 1; repeated Entry entries = 2; uint64 hash = 3; }
/// Entry       { Timestamp timestamp = 1; string line = 2; repeated LabelPair metadata = 3; }
/// Timestamp   { int64 seconds = 1; int32 nanos = 2; }
/// LabelPair   { string name = 1; string value = 2; }
/// ```
final class LokiProtobuf {
  private static final int FIELD_1_BYTES = (1 << 3) | WireFormat.WIRETYPE_LENGTH_DELIMITED;
  private static final int FIELD_2_BYTES = (2 << 3) | WireFormat.WIRETYPE_LENGTH_DELIMITED;
  private static final int FIELD_3_BYTES = (3 << 3) | WireFormat.WIRETYPE_LENGTH_DELIMITED;
  private static final int FIELD_1_INT = (1 << 3) | WireFormat.WIRETYPE_VARINT;
  private static final int FIELD_2_INT = (2 << 3) | WireFormat.WIRETYPE_VARINT;

  private final CodedInputStream in;
  private final List<LogRecord> records = new ArrayList<>();
  private final Refusals refusals = new Refusals();

  LokiProtobuf(byte[] message) {
    this.in = CodedInputStream.newInstance(message);
  }

  LokiPush.Decoded decode() {
    try {
      for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
        if (tag == FIELD_1_BYTES) {
          stream();
        } else {
          skip(tag);
        }
      }
    } catch (IOException e) {
      throw new BadInput("not a Loki push message: " + e.getMessage(), in.getTotalBytesRead());
    }
    return new LokiPush.Decoded(records, refusals.toList());
  }

  private void skip(int tag) throws IOException {
    if (!in.skipField(tag)) {
      throw new BadInput("not a Loki push message: a group ends", in.getTotalBytesRead());
    }
  }

  private void stream() throws IOException {
    String selector = "";
    List<LogRecord> entries = new ArrayList<>();
    int outer = in.pushLimit(in.readRawVarint32());
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      switch (tag) {
        case FIELD_1_BYTES -> selector = in.readStringRequireUtf8();
        case FIELD_2_BYTES -> entries.add(entry());
        default -> skip(tag);
      }
    }
    in.popLimit(outer);
    Labels labels;
    try {
      labels = new StreamSelector(selector).read();
    } catch (BadInput e) {
      refusals.add("bad_labels", entries.size(), e.reason());
      return;
    }
    if (labels.isEmpty()) {
      refusals.add("no_labels", entries.size(), LokiPush.NO_LABELS);
      return;
    }
    for (LogRecord entry : entries) {
      records.add(new LogRecord(labels, entry.timestamp(), entry.line(), entry.metadata()));
    }
  }

  /// An entry whose stream is not known yet. Of a metadata name given twice the last value counts.
  private LogRecord entry() throws IOException {
    long timestamp = 0;
    ByteString line = ByteString.EMPTY;
    Labels.Builder metadata = Labels.builder();
    int outer = in.pushLimit(in.readRawVarint32());
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      switch (tag) {
        case FIELD_1_BYTES -> timestamp = timestamp();
        case FIELD_2_BYTES -> line = in.readBytes();
        case FIELD_3_BYTES -> pair(metadata);
        default -> skip(tag);
      }
    }
    in.popLimit(outer);
    // Bytes that are no UTF-8 become U+FFFD: a line is kept even if it is not text.
    return new LogRecord(Labels.EMPTY, timestamp, line.toStringUtf8(), metadata.build());
  }

  private long timestamp() throws IOException {
    long seconds = 0;
    int nanos = 0;
    int outer = in.pushLimit(in.readRawVarint32());
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      switch (tag) {
        case FIELD_1_INT -> seconds = in.readInt64();
        case FIELD_2_INT -> nanos = in.readInt32();
        default -> skip(tag);
      }
    }
    in.popLimit(outer);
    return seconds * 1_000_000_000L + nanos;
  }

  private void pair(Labels.Builder metadata) throws IOException {
    String name = "";
    String value = "";
    int outer = in.pushLimit(in.readRawVarint32());
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      switch (tag) {
        case FIELD_1_BYTES -> name = in.readStringRequireUtf8();
        case FIELD_2_BYTES -> value = in.readBytes().toStringUtf8();
        default -> skip(tag);
      }
    }
    in.popLimit(outer);
    if (!name.isEmpty()) {
      metadata.set(name, value);
    }
  }
}
