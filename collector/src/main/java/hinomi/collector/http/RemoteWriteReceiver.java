package hinomi.collector.http;

import hinomi.collector.Collector;
import hinomi.model.Admission;
import hinomi.model.BadInput;
import hinomi.model.Failure;
import hinomi.model.Unsupported;
import hinomi.model.WriteBatch;
import hinomi.web.Failures;
import hinomi.web.Reply;
import hinomi.web.Request;
import hinomi.wire.Encodings;
import hinomi.wire.RemoteWrite;
import java.util.List;

/// Prometheus remote write 1.0 and 2.0 (prometheus.io, "Remote write specification" of both). 204
/// when all is stored; 400 with the reason when a part was refused, the good part being stored: a
/// sender does not repeat a 4xx. 415 for other messages and encodings. 503 and 429 when the store
/// takes nothing for now: senders repeat the request. A repeated request changes nothing. A sender
/// of 2.0 is told how much of each kind is held, whatever the answer.
final class RemoteWriteReceiver {
  private static final String WRITTEN = "X-Prometheus-Remote-Write-%s-Written";

  private final String protocol;
  private final Taking taking;
  private final Bodies bodies;
  private final Buffers buffers = new Buffers();

  /// One of [Collector]'s ways of taking samples.
  @FunctionalInterface
  interface Taking {
    Admission take(String protocol, WriteBatch batch, List<Admission.Refusal> already);
  }

  /// @param protocol as the counters call it
  RemoteWriteReceiver(String protocol, Taking taking, Bodies bodies) {
    this.protocol = protocol;
    this.taking = taking;
    this.bodies = bodies;
  }

  Reply write(Request request) {
    RemoteWriteVersion version = RemoteWriteVersion.of(request.header("Content-Type").orElse(""));
    String encoding = request.header("Content-Encoding").orElse("").strip();
    // Some senders leave the header out; it is snappy all the same.
    if (!encoding.isEmpty() && !encoding.equalsIgnoreCase("snappy")) {
      throw new Unsupported("remote write is compressed with snappy, not \"" + encoding + "\"");
    }
    return switch (version) {
      case V1 -> write1(request.body());
      case V2 -> write2(request.body());
    };
  }

  private Reply write1(byte[] body) {
    int length = length(body);
    byte[] buffer = buffers.take(length);
    RemoteWrite.Decoded decoded =
        Answers.placed(() -> {
          Encodings.snappy(body, buffer);
          return RemoteWrite.decode(buffer, length);
        });
    Admission admission = taking.take(protocol, decoded.batch(), decoded.refusals());
    // Not when this throws: somebody may still be reading the batch then.
    buffers.give(buffer);
    return admission.refused() == 0
        ? Reply.empty(204)
        : refused(admission)
            .with(WRITTEN.formatted("Samples"), Integer.toString(admission.accepted()));
  }

  private int length(byte[] body) {
    if (body.length == 0) {
      throw new BadInput("the body is empty");
    }
    return Answers.placed(() -> Encodings.snappyLength(body, bodies.limits()));
  }

  private static Reply refused(Admission admission) {
    return Reply.text(400, Answers.refused(admission, "samples") + "\n");
  }

  /// Whatever becomes of a message that is 2.0: its sender learns how much was written.
  private Reply write2(byte[] body) {
    try {
      int length = length(body);
      byte[] buffer = buffers.take(length);
      RemoteWrite.Decoded decoded =
          Answers.placed(() -> {
            Encodings.snappy(body, buffer);
            return RemoteWrite.decode2(buffer, length);
          });
      buffers.give(buffer);
      Admission admission = taking.take(protocol, decoded.batch(), decoded.refusals());
      Reply reply = admission.refused() == 0 ? Reply.empty(204) : refused(admission);
      return written(admission, reply);
    } catch (Failure e) {
      return written(Admission.all(0), Failures.reply(e));
    }
  }

  private static Reply written(Admission admission, Reply reply) {
    int histograms = admission.histograms();
    return reply
        .with(WRITTEN.formatted("Samples"), Integer.toString(admission.accepted() - histograms))
        .with(WRITTEN.formatted("Histograms"), Integer.toString(histograms))
        .with(WRITTEN.formatted("Exemplars"), Integer.toString(admission.exemplars()));
  }
}
