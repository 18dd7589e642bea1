package hinomi.server;

import hinomi.model.Admission;
import hinomi.model.Labels;
import hinomi.model.LogRecord;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/// Keeps our own OpenTelemetry spans where they can be searched: in the log index, one line a span,
/// its ids as metadata. `{job="hinomi", kind="trace"} |= "TRACE-ID"` shows one alert's way from
/// sample to page.
final class TraceLog implements SpanExporter {
  private static final Labels STREAM = Labels.of("job", "hinomi", "kind", "trace");

  private final Function<List<LogRecord>, Admission> logs;

  TraceLog(Function<List<LogRecord>, Admission> logs) {
    this.logs = logs;
  }

  @Override
  public CompletableResultCode export(Collection<SpanData> spans) {
    Admission _ = logs.apply(spans.stream().map(TraceLog::line).toList());
    return CompletableResultCode.ofSuccess();
  }

  private static LogRecord line(SpanData span) {
    StringBuilder text = new StringBuilder();
    text.append("trace=").append(span.getTraceId()).append(" span=").append(span.getSpanId());
    if (span.getParentSpanContext().isValid()) {
      text.append(" parent=").append(span.getParentSpanId());
    }
    double millis = (span.getEndEpochNanos() - span.getStartEpochNanos()) / 1e6;
    text.append(" name=\"").append(span.getName()).append('"');
    text.append(String.format(Locale.ROOT, " took=%.3fms", millis));
    span.getAttributes()
        .forEach((key, value) ->
            text.append(' ').append(key.getKey()).append("=\"").append(value).append('"'));
    return new LogRecord(
        STREAM,
        span.getStartEpochNanos(),
        text.toString(),
        Labels.of("trace_id", span.getTraceId(), "span_id", span.getSpanId()));
  }

  @Override
  public CompletableResultCode flush() {
    return CompletableResultCode.ofSuccess();
  }

  @Override
  public CompletableResultCode shutdown() {
    return CompletableResultCode.ofSuccess();
  }
}
