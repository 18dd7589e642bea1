package hinomi.wire;

import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;

/// OTLP traces, of which only the number is known here. Stateless; any thread.
public final class OtlpTraces {
  private OtlpTraces() {}

  /// How many spans an `ExportTraceServiceRequest` holds; what is none is a `BadInput`.
  public static int spans(OtlpFormat format, byte[] body) {
    ExportTraceServiceRequest.Builder request = ExportTraceServiceRequest.newBuilder();
    format.read(body, request);
    int spans = 0;
    for (ResourceSpans resource : request.getResourceSpansList()) {
      for (ScopeSpans scope : resource.getScopeSpansList()) {
        spans += scope.getSpansCount();
      }
    }
    return spans;
  }
}
