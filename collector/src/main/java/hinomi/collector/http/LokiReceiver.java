package hinomi.collector.http;

import hinomi.collector.Collector;
import hinomi.model.Admission;
import hinomi.model.BadInput;
import hinomi.web.Reply;
import hinomi.web.Request;
import hinomi.wire.Encodings;
import hinomi.wire.LokiPush;

/// Loki's push API (Grafana Loki, HTTP API, "Ingest logs"): JSON, and protobuf in a snappy block
/// for any other media type, as Loki has it. 204 when all is stored; 400 with the reason when a
/// part was refused, the good part being stored; agents repeat 429 and 5xx only.
final class LokiReceiver {
  private static final String PROTOCOL = "loki";

  private final Collector collector;
  private final Bodies bodies;

  LokiReceiver(Collector collector, Bodies bodies) {
    this.collector = collector;
    this.bodies = bodies;
  }

  Reply push(Request request) {
    LokiPush.Decoded decoded = Answers.placed(() -> decoded(request));
    Admission admission = collector.logs(PROTOCOL, decoded.records(), decoded.refusals());
    return admission.refused() == 0
        ? Reply.empty(204)
        : Reply.text(400, Answers.refused(admission, "lines") + "\n");
  }

  private LokiPush.Decoded decoded(Request request) {
    if (request.contentType().isEmpty()) {
      throw new BadInput(
          "there is no Content-Type: use application/json or application/x-protobuf");
    }
    if (request.contentType().equals("application/json")) {
      return LokiPush.decode(bodies.decoded(request));
    }
    String encoding = request.header("Content-Encoding").orElse("").strip();
    // The message is always a snappy block, whether or not the header says so.
    byte[] block =
        encoding.isEmpty() || encoding.equalsIgnoreCase("snappy")
            ? request.body()
            : bodies.decoded(request);
    return LokiPush.decodeProtobuf(Encodings.snappy(block, bodies.limits()));
  }
}
