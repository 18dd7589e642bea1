package hinomi.wire;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.ExtensionRegistryLite;
import com.google.protobuf.Message;
import hinomi.model.BadInput;
import hinomi.model.Unsupported;
import java.io.IOException;
import java.util.Locale;

/// The two encodings of OTLP over HTTP (opentelemetry-proto, docs/specification.md): protobuf, and
/// proto3 JSON with OTLP's deviations.
public enum OtlpFormat {
  PROTOBUF("application/x-protobuf"),
  JSON("application/json");

  private final String contentType;

  OtlpFormat(String contentType) {
    this.contentType = contentType;
  }

  /// The media type, for answers: the same as the request's.
  public String contentType() {
    return contentType;
  }

  /// The format that a `Content-Type` header names, parameters aside. Others are [Unsupported].
  public static OtlpFormat of(String contentType) {
    String type = contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    return switch (type) {
      case "application/x-protobuf", "application/protobuf" -> PROTOBUF;
      case "application/json" -> JSON;
      default ->
          throw new Unsupported(
              "Content-Type \""
                  + contentType
                  + "\" is not OTLP's: use application/x-protobuf or application/json");
    };
  }

  /// Reads a body into a message; what is no such message is a [BadInput].
  void read(byte[] body, Message.Builder message) {
    switch (this) {
      case PROTOBUF -> {
        CodedInputStream in = CodedInputStream.newInstance(body);
        try {
          message.mergeFrom(in, ExtensionRegistryLite.getEmptyRegistry());
          in.checkLastTagWas(0);
        } catch (IOException e) {
          throw new BadInput("not an OTLP message: " + e.getMessage(), in.getTotalBytesRead());
        }
      }
      case JSON -> OtlpJson.merge(Json.object(body), message);
    }
  }
}
