package hinomi.collector.http;

import hinomi.collector.Collector;
import hinomi.model.Admission;
import hinomi.model.BadInput;
import hinomi.model.Failure;
import hinomi.model.Missing;
import hinomi.model.OverLimit;
import hinomi.model.Time;
import hinomi.model.Unavailable;
import hinomi.model.Unsupported;
import hinomi.web.Endpoint;
import hinomi.web.Failures;
import hinomi.web.Reply;
import hinomi.web.Request;
import hinomi.wire.OtlpAnswers;
import hinomi.wire.OtlpAnswers.Signal;
import hinomi.wire.OtlpDeltas;
import hinomi.wire.OtlpFormat;
import hinomi.wire.OtlpLogs;
import hinomi.wire.OtlpMetrics;
import hinomi.wire.OtlpTraces;

/// OTLP over HTTP, protobuf and JSON (opentelemetry-proto, docs/specification.md). What is refused
/// is told as `partial_success` with 200, for a sender must not repeat it. Failures carry a
/// `google.rpc.Status` in the request's format; 429 and 503 are repeated by senders, 400 is not.
///
/// Traces are not stored. They are answered with 200 and all spans rejected: an SDK sends the three
/// signals to one endpoint by default, and takes a 404 for an outage that it logs at every export,
/// while a partial success is final and says what happened.
final class OtlpReceiver {
  private static final String PROTOCOL = "otlp";

  // gRPC's status codes.
  private static final int INVALID_ARGUMENT = 3;
  private static final int NOT_FOUND = 5;
  private static final int RESOURCE_EXHAUSTED = 8;
  private static final int UNAVAILABLE = 14;

  private final Collector collector;
  private final Bodies bodies;
  private final OtlpDeltas deltas;
  private final Time time;

  OtlpReceiver(Collector collector, Bodies bodies, OtlpDeltas deltas, Time time) {
    this.collector = collector;
    this.bodies = bodies;
    this.deltas = deltas;
    this.time = time;
  }

  Endpoint receive(Signal signal) {
    return request -> {
      OtlpFormat format = OtlpFormat.of(request.header("Content-Type").orElse(""));
      try {
        return Answers.placed(() -> answer(signal, format, request));
      } catch (Failure e) {
        return failed(format, e);
      }
    };
  }

  private static Reply failed(OtlpFormat format, Failure failure) {
    int code =
        switch (failure) {
          case BadInput _, Unsupported _ -> INVALID_ARGUMENT;
          case OverLimit _ -> RESOURCE_EXHAUSTED;
          case Missing _ -> NOT_FOUND;
          case Unavailable _ -> UNAVAILABLE;
        };
    Reply reply =
        Reply.of(
            Failures.status(failure),
            format.contentType(),
            OtlpAnswers.status(format, code, failure.reason()));
    return switch (failure) {
      case OverLimit over when over.kind() == OverLimit.Kind.RATE ->
          reply.with("Retry-After", Long.toString(Math.max(1, over.retryAfter().toSeconds())));
      case Unavailable _ -> reply.with("Retry-After", "1");
      default -> reply;
    };
  }

  private Reply answer(Signal signal, OtlpFormat format, Request request) {
    byte[] body = bodies.decoded(request);
    return switch (signal) {
      case METRICS -> {
        OtlpMetrics.Decoded decoded = OtlpMetrics.decode(format, body, deltas);
        yield reply(
            format,
            signal,
            collector.samples(PROTOCOL, decoded.batch(), decoded.refusals()),
            "samples");
      }
      case LOGS -> {
        OtlpLogs.Decoded decoded = OtlpLogs.decode(format, body, time.now());
        yield reply(
            format,
            signal,
            collector.logs(PROTOCOL, decoded.records(), decoded.refusals()),
            "log records");
      }
      case TRACES -> traces(format, body);
    };
  }

  private Reply traces(OtlpFormat format, byte[] body) {
    int spans = OtlpTraces.spans(format, body);
    if (spans == 0) {
      return Reply.of(200, format.contentType(), OtlpAnswers.success(format));
    }
    collector.notStored("traces", PROTOCOL, spans);
    return Reply.of(
        200,
        format.contentType(),
        OtlpAnswers.partial(format, Signal.TRACES, spans, "traces are not stored here"));
  }

  private static Reply reply(OtlpFormat format, Signal signal, Admission admission, String items) {
    byte[] body =
        admission.refused() == 0
            ? OtlpAnswers.success(format)
            : OtlpAnswers.partial(
                format, signal, admission.refused(), Answers.refused(admission, items));
    return Reply.of(200, format.contentType(), body);
  }
}
