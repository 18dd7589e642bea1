package hinomi.wire;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsPartialSuccess;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/// The bodies that answer OTLP over HTTP, in the request's own format (opentelemetry-proto,
/// docs/specification.md, "OTLP/HTTP Response"). Stateless.
public final class OtlpAnswers {
  private OtlpAnswers() {}

  /// The three signals and what `partial_success` calls their items.
  public enum Signal {
    METRICS("rejectedDataPoints"),
    LOGS("rejectedLogRecords"),
    TRACES("rejectedSpans");

    private final String rejected;

    Signal(String rejected) {
      this.rejected = rejected;
    }
  }

  /// Everything was taken: an empty `Export…ServiceResponse`, whose `partial_success` must be
  /// unset.
  public static byte[] success(OtlpFormat format) {
    return switch (format) {
      case PROTOBUF -> new byte[0];
      case JSON -> Json.bytes(JsonNodeFactory.instance.objectNode());
    };
  }

  /// A part was refused, and must not be sent again.
  public static byte[] partial(
      OtlpFormat format, Signal signal, long rejected, String errorMessage) {
    return switch (format) {
      case PROTOBUF -> message(1, message(1, rejected, errorMessage));
      case JSON -> {
        ObjectNode partial = JsonNodeFactory.instance.objectNode();
        partial.put(signal.rejected, Long.toString(rejected)).put("errorMessage", errorMessage);
        yield Json.bytes(JsonNodeFactory.instance.objectNode().set("partialSuccess", partial));
      }
    };
  }

  /// What a server refused of a batch that it answered with a 2xx.
  ///
  /// @param items data points, log records or spans
  /// @param message for a person, or empty
  public record Refused(long items, String message) {}

  /// Reads a protobuf answer. A server that answers 200 with something else has taken the batch all
  /// the same.
  public static Refused read(byte[] answer) {
    try {
      ExportLogsPartialSuccess partial =
          ExportLogsServiceResponse.parseFrom(answer).getPartialSuccess();
      return new Refused(partial.getRejectedLogRecords(), partial.getErrorMessage());
    } catch (InvalidProtocolBufferException e) {
      return new Refused(0, "");
    }
  }

  /// A failure: `google.rpc.Status`.
  ///
  /// @param code one of gRPC's codes: 3 invalid argument, 8 resource exhausted, 14 unavailable
  public static byte[] status(OtlpFormat format, int code, String message) {
    return switch (format) {
      case PROTOBUF -> message(1, code, message);
      case JSON ->
          Json.bytes(
              JsonNodeFactory.instance.objectNode().put("code", code).put("message", message));
    };
  }

  /// `{ int64 number = 1; string text = 2; }`, the shape that all of them share.
  private static byte[] message(int field, long number, String text) {
    return written(out -> {
      out.writeInt64(field, number);
      out.writeString(field + 1, text);
    });
  }

  private static byte[] message(int field, byte[] inner) {
    return written(out -> out.writeByteArray(field, inner));
  }

  private interface Content {
    void write(CodedOutputStream out) throws IOException;
  }

  private static byte[] written(Content content) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    CodedOutputStream out = CodedOutputStream.newInstance(bytes);
    try {
      content.write(out);
      out.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e); // to a byte array: never
    }
    return bytes.toByteArray();
  }
}
