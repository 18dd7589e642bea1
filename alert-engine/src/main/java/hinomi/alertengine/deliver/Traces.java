package hinomi.alertengine.deliver;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.context.Context;

/// W3C Trace Context, `00-<trace>-<span>-<flags>`, as the parent of a span: what is stored with a
/// page continues its trace in another process even.
final class Traces {
  private Traces() {}

  /// @param traceparent empty, or anything else that is none, begins a trace of its own
  static Context parent(String traceparent) {
    String[] parts = traceparent.split("-");
    if (parts.length != 4) {
      return Context.root();
    }
    SpanContext remote =
        SpanContext.createFromRemoteParent(
            parts[1], parts[2], TraceFlags.fromHex(parts[3], 0), TraceState.getDefault());
    return Context.root().with(Span.wrap(remote));
  }
}
