package hinomi.wire;

import hinomi.model.Admission;
import hinomi.model.Sample;
import hinomi.model.WriteBatch;
import java.util.ArrayList;
import java.util.List;

/// Prometheus remote write (prometheus.io, "Remote write 1.0 specification" and "Remote write 2.0
/// specification"): both versions are read, the first is written. Stateless; any thread.
public final class RemoteWrite {
  /// The media type and the version header that go with [#encode].
  public static final String CONTENT_TYPE = "application/x-protobuf";

  public static final String VERSION_HEADER = "X-Prometheus-Remote-Write-Version";
  public static final String VERSION = "0.1.0";

  private RemoteWrite() {}

  /// What a message held.
  ///
  /// @param batch in the order of the message; series may come twice, and what their labels say has
  ///   not been judged. Of version 1.0 its names are the message itself
  /// @param refusals what cannot be taken, by reason: histograms that make no sense
  ///   (`histogram_…`), `bad_exemplar`, `bad_metadata`, and of version 2.0 whole series counted in
  ///   samples, `bad_references` and `no_samples`
  public record Decoded(WriteBatch batch, List<Admission.Refusal> refusals) {
    public Decoded {
      refusals = List.copyOf(refusals);
    }

    /// The numbers one by one: for whoever has few of them.
    public List<Sample> samples() {
      List<Sample> samples = new ArrayList<>(batch.points());
      for (int i = 0; i < batch.seriesCount(); i++) {
        for (int p = batch.firstPoint(i); p < batch.firstPoint(i + 1); p++) {
          samples.add(new Sample(batch.labels(i), batch.timestamp(p), batch.value(p)));
        }
      }
      return samples;
    }
  }

  /// A request body, snappy applied: samples grouped by series, in time order inside each.
  public static byte[] encode(List<Sample> samples) {
    return RemoteWriteEncoder.encode(samples);
  }

  /// Decodes a `prometheus.WriteRequest` after its snappy is off. The array must not change as long
  /// as the batch is used. Bytes that are no such message are a `BadInput` with the offset.
  public static Decoded decode(byte[] message) {
    return decode(message, message.length);
  }

  /// The same for a message that ends before its array does.
  public static Decoded decode(byte[] array, int length) {
    return new RemoteWriteScan(array, length).decode();
  }

  /// Decodes an `io.prometheus.write.v2.Request`; otherwise like [#decode]. The array is free when
  /// this returns.
  public static Decoded decode2(byte[] array, int length) {
    return new RemoteWrite2Scan(array, length).decode();
  }
}
