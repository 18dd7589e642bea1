package hinomi.collector.http;

import hinomi.collector.Collector;
import hinomi.model.Admission;
import hinomi.model.BadInput;
import hinomi.model.Unsupported;
import hinomi.web.Reply;
import hinomi.web.Request;
import hinomi.wire.Encodings;
import hinomi.wire.Refusals;
import hinomi.wire.RemoteWrite;
import java.util.Locale;

/// Prometheus remote write 1.0 (prometheus.io, "Remote write 1.0 specification"). 204 when all is
/// stored; 400 with the reason when a part was refused, the good part being stored: a sender does
/// not repeat a 4xx. 415 for remote write 2.0, upon which its senders may fall back to 1.0. 503 and
/// 429 when the store takes nothing for now: senders repeat the request. A repeated request changes
/// nothing. Native histograms are refused by name; exemplars are counted and left out.
final class RemoteWriteReceiver {
  private static final String PROTOCOL = "remote_write";

  private final Collector collector;
  private final Bodies bodies;

  RemoteWriteReceiver(Collector collector, Bodies bodies) {
    this.collector = collector;
    this.bodies = bodies;
  }

  /// Of remote write 2.0; a 1.0 sender may read it too, to know how much of a partial refusal
  /// stands.
  private static final String WRITTEN_HEADER = "X-Prometheus-Remote-Write-Samples-Written";

  Reply write(Request request) {
    contentType(request.header("Content-Type").orElse(""));
    String encoding = request.header("Content-Encoding").orElse("").strip();
    if (!encoding.isEmpty() && !encoding.equalsIgnoreCase("snappy")) {
      throw new Unsupported("remote write is compressed with snappy, not \"" + encoding + "\"");
    }
    if (request.body().length == 0) {
      throw new BadInput("the body is empty");
    }
    // Some senders leave the header out; it is snappy all the same.
    RemoteWrite.Decoded decoded =
        Answers.placed(() -> RemoteWrite.decode(Encodings.snappy(request.body(), bodies.limits())));
    if (decoded.exemplars() > 0) {
      collector.notStored("exemplars", PROTOCOL, decoded.exemplars());
    }
    Refusals refusals = new Refusals();
    refusals.addAll(decoded.refusals());
    if (decoded.histograms() > 0) {
      refusals.add(
          "native_histogram",
          decoded.histograms(),
          "native histograms are not stored; send classic");
    }
    Admission admission = collector.samples(PROTOCOL, decoded.samples(), refusals.toList());
    return admission.refused() == 0
        ? Reply.empty(204)
        : Reply.text(400, Answers.refused(admission, "samples") + "\n")
            .with(WRITTEN_HEADER, Integer.toString(admission.accepted()));
  }

  private static void contentType(String header) {
    String[] parts = header.toLowerCase(Locale.ROOT).split(";");
    String type = parts[0].strip();
    String message = "prometheus.writerequest";
    for (int i = 1; i < parts.length; i++) {
      String part = parts[i].strip();
      if (part.startsWith("proto=")) {
        message = part.substring("proto=".length());
      }
    }
    boolean right = type.isEmpty() || type.equals("application/x-protobuf");
    if (!right || !message.equals("prometheus.writerequest")) {
      throw new Unsupported(
          "Content-Type \"" + header + "\": remote write 1.0 is taken, application/x-protobuf");
    }
  }
}
