package hinomi.wire;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import hinomi.model.BadInput;
import hinomi.model.Labels;
import hinomi.model.Sample;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Reads `prometheus.WriteRequest` from its bytes, without generated classes, for this is the
/// hottest input. One use, one thread.
///
/// ```
/// WriteRequest { repeated TimeSeries timeseries = 1; repeated MetricMetadata metadata = 3; }
/// TimeSeries   { repeated Label labels = 1; repeated Sample samples = 2;
///                repeated Exemplar exemplars = 3; repeated Histogram histograms = 4; }
/// Label        { string name = 1; string value = 2; }
/// Sample       { double value = 1; int64 timestamp = 2; }
/// ```
final class RemoteWriteDecoder {
  private static final int FIELD_1_MESSAGE = (1 << 3) | WireFormat.WIRETYPE_LENGTH_DELIMITED;
  private static final int FIELD_2_MESSAGE = (2 << 3) | WireFormat.WIRETYPE_LENGTH_DELIMITED;
  private static final int FIELD_3_MESSAGE = (3 << 3) | WireFormat.WIRETYPE_LENGTH_DELIMITED;
  private static final int FIELD_4_MESSAGE = (4 << 3) | WireFormat.WIRETYPE_LENGTH_DELIMITED;
  private static final int FIELD_5_MESSAGE = (5 << 3) | WireFormat.WIRETYPE_LENGTH_DELIMITED;
  private static final int FIELD_1_DOUBLE = (1 << 3) | WireFormat.WIRETYPE_FIXED64;
  private static final int FIELD_2_INT = (2 << 3) | WireFormat.WIRETYPE_VARINT;

  private final CodedInputStream in;
  private final List<Sample> samples = new ArrayList<>();
  private final Refusals refusals = new Refusals();
  private int metadata;
  private int exemplars;
  private int histograms;

  // Of the series being read: names and values in turn, and its points.
  private final List<ByteString> labels = new ArrayList<>();
  private long[] timestamps = new long[16];
  private double[] values = new double[16];
  private int points;

  RemoteWriteDecoder(byte[] message) {
    this.in = CodedInputStream.newInstance(message);
  }

  RemoteWrite.Decoded decode() {
    try {
      for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
        switch (tag) {
          case FIELD_1_MESSAGE -> series();
          case FIELD_3_MESSAGE -> {
            metadata++;
            skip(tag);
          }
          case FIELD_4_MESSAGE, FIELD_5_MESSAGE ->
              // Read as 1.0 a 2.0 message is empty: it would be lost with a 2xx.
              throw new BadInput(
                  "a remote write 2.0 message that is labelled 1.0", in.getTotalBytesRead());
          default -> skip(tag);
        }
      }
    } catch (IOException e) {
      throw new BadInput("not a remote write message: " + e.getMessage(), in.getTotalBytesRead());
    }
    return new RemoteWrite.Decoded(samples, refusals.toList(), metadata, exemplars, histograms);
  }

  private void skip(int tag) throws IOException {
    if (!in.skipField(tag)) {
      throw new BadInput("not a remote write message: a group ends", in.getTotalBytesRead());
    }
  }

  private void series() throws IOException {
    labels.clear();
    points = 0;
    int outer = in.pushLimit(in.readRawVarint32());
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      switch (tag) {
        case FIELD_1_MESSAGE -> label();
        case FIELD_2_MESSAGE -> sample();
        case FIELD_3_MESSAGE -> {
          exemplars++;
          skip(tag);
        }
        case FIELD_4_MESSAGE -> {
          histograms++;
          skip(tag);
        }
        default -> skip(tag);
      }
    }
    in.popLimit(outer);
    take();
  }

  private void label() throws IOException {
    ByteString name = ByteString.EMPTY;
    ByteString value = ByteString.EMPTY;
    int outer = in.pushLimit(in.readRawVarint32());
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      switch (tag) {
        case FIELD_1_MESSAGE -> name = in.readBytes();
        case FIELD_2_MESSAGE -> value = in.readBytes();
        default -> skip(tag);
      }
    }
    in.popLimit(outer);
    labels.add(name);
    labels.add(value);
  }

  private void sample() throws IOException {
    double value = 0;
    long timestamp = 0;
    int outer = in.pushLimit(in.readRawVarint32());
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      switch (tag) {
        case FIELD_1_DOUBLE -> value = Double.longBitsToDouble(in.readRawLittleEndian64());
        case FIELD_2_INT -> timestamp = in.readInt64();
        default -> skip(tag);
      }
    }
    in.popLimit(outer);
    if (points == values.length) {
      values = Arrays.copyOf(values, 2 * points);
      timestamps = Arrays.copyOf(timestamps, 2 * points);
    }
    values[points] = value;
    timestamps[points] = timestamp;
    points++;
  }

  /// Takes the series that was read, or refuses it as a whole.
  private void take() {
    Labels.Builder builder = Labels.builder();
    for (int i = 0; i < labels.size(); i += 2) {
      if (!labels.get(i).isValidUtf8() || !labels.get(i + 1).isValidUtf8()) {
        refuse("invalid_utf8", "a label is not UTF-8");
        return;
      }
      String name = labels.get(i).toStringUtf8();
      if (name.isEmpty()) {
        refuse("empty_label_name", "a label name is empty");
        return;
      }
      try {
        builder.add(name, labels.get(i + 1).toStringUtf8());
      } catch (BadInput e) {
        refuse("duplicate_label", e.reason());
        return;
      }
    }
    Labels identity = builder.build();
    if (!identity.has(Labels.NAME)) {
      refuse("no_name", "series " + identity + " has no metric name");
      return;
    }
    for (int i = 0; i < points; i++) {
      samples.add(new Sample(identity, timestamps[i], values[i]));
    }
  }

  private void refuse(String reason, String example) {
    refusals.add(reason, points, example + ", before byte " + in.getTotalBytesRead());
  }
}
