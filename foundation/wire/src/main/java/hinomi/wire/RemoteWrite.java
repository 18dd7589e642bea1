package hinomi.wire;

import hinomi.model.Admission;
import hinomi.model.Sample;
import java.util.List;

/// Prometheus remote write 1.0 (`prometheus.WriteRequest`), both ways. Stateless; any thread.
public final class RemoteWrite {
  /// The media type and the version header that go with [#encode].
  public static final String CONTENT_TYPE = "application/x-protobuf";

  public static final String VERSION_HEADER = "X-Prometheus-Remote-Write-Version";
  public static final String VERSION = "0.1.0";

  private RemoteWrite() {}

  /// What a message held.
  ///
  /// @param samples in the order of the message
  /// @param refusals whole series that cannot be taken, counted in samples: `duplicate_label`,
  ///   `no_name`, `empty_label_name`, `invalid_utf8`
  /// @param metadata how many metadata entries were seen; nothing is kept of them
  /// @param exemplars how many exemplars were seen and left out
  /// @param histograms how many native histograms were seen and left out
  public record Decoded(
      List<Sample> samples,
      List<Admission.Refusal> refusals,
      int metadata,
      int exemplars,
      int histograms) {
    public Decoded {
      samples = List.copyOf(samples);
      refusals = List.copyOf(refusals);
    }
  }

  /// A request body, snappy already applied: samples grouped by series, in time order inside each.
  public static byte[] encode(List<Sample> samples) {
    return RemoteWriteEncoder.encode(samples);
  }

  /// Decodes a message after its snappy is off. Labels may stand in any order; a label with an
  /// empty value is dropped. Bytes that are no such message are a `BadInput` with the offset.
  public static Decoded decode(byte[] message) {
    return new RemoteWriteDecoder(message).decode();
  }
}
