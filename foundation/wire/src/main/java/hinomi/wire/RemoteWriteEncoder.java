package hinomi.wire;

import com.google.protobuf.CodedOutputStream;
import hinomi.model.Labels;
import hinomi.model.Sample;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.xerial.snappy.Snappy;

/// Writes `prometheus.WriteRequest`; field numbers stand beside [RemoteWriteDecoder]'s.
final class RemoteWriteEncoder {
  private RemoteWriteEncoder() {}

  static byte[] encode(List<Sample> samples) {
    Map<Labels, List<Sample>> bySeries = new LinkedHashMap<>();
    for (Sample sample : samples) {
      bySeries.computeIfAbsent(sample.labels(), _ -> new ArrayList<>()).add(sample);
    }
    try {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream(64 * samples.size() + 64);
      CodedOutputStream out = CodedOutputStream.newInstance(bytes);
      for (Map.Entry<Labels, List<Sample>> series : bySeries.entrySet()) {
        out.writeByteArray(1, series(series.getKey(), series.getValue()));
      }
      out.flush();
      return Snappy.compress(bytes.toByteArray());
    } catch (IOException e) {
      throw new UncheckedIOException(e); // of a byte array: never
    }
  }

  private static byte[] series(Labels labels, List<Sample> samples) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    CodedOutputStream out = CodedOutputStream.newInstance(bytes);
    for (int i = 0; i < labels.size(); i++) {
      String name = labels.name(i);
      String value = labels.value(i);
      out.writeTag(1, 2);
      out.writeUInt32NoTag(
          CodedOutputStream.computeStringSize(1, name)
              + CodedOutputStream.computeStringSize(2, value));
      out.writeString(1, name);
      out.writeString(2, value);
    }
    samples.sort(Comparator.comparingLong(Sample::timestamp));
    for (Sample sample : samples) {
      // By its raw bits: writeDouble would do, but the staleness marker must not depend on it.
      long bits = Double.doubleToRawLongBits(sample.value());
      out.writeTag(2, 2);
      out.writeUInt32NoTag(
          CodedOutputStream.computeFixed64Size(1, bits)
              + CodedOutputStream.computeInt64Size(2, sample.timestamp()));
      out.writeFixed64(1, bits);
      out.writeInt64(2, sample.timestamp());
    }
    out.flush();
    return bytes.toByteArray();
  }
}
