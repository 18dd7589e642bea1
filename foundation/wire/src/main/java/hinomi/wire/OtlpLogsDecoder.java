package hinomi.wire;

import com.google.protobuf.ByteString;
import hinomi.model.Labels;
import hinomi.model.LogRecord;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// OTLP to log records; the rules are told at [OtlpLogs].
final class OtlpLogsDecoder {
  private OtlpLogsDecoder() {}

  static OtlpLogs.Decoded decode(OtlpFormat format, byte[] body, Instant now) {
    ExportLogsServiceRequest.Builder request = ExportLogsServiceRequest.newBuilder();
    format.read(body, request);
    long nanos = now.getEpochSecond() * 1_000_000_000L + now.getNano();
    List<LogRecord> records = new ArrayList<>();
    for (ResourceLogs resource : request.getResourceLogsList()) {
      OtlpStreams streams = OtlpStreams.of(resource.getResource().getAttributesList());
      for (ScopeLogs scope : resource.getScopeLogsList()) {
        Map<String, String> shared = new TreeMap<>(streams.metadata());
        scope(scope.getScope(), shared);
        scope
            .getLogRecordsList()
            .forEach(line -> records.add(record(streams.stream(), shared, line, nanos)));
      }
    }
    return new OtlpLogs.Decoded(records, List.of());
  }

  private static void scope(InstrumentationScope scope, Map<String, String> into) {
    into.put("scope_name", scope.getName());
    into.put("scope_version", scope.getVersion());
    flatten(scope.getAttributesList(), into);
  }

  private static void flatten(List<KeyValue> attributes, Map<String, String> into) {
    attributes.forEach(pair -> OtlpStreams.flatten(pair.getKey(), pair.getValue(), into));
  }

  private static LogRecord record(
      Labels stream,
      Map<String, String> shared,
      io.opentelemetry.proto.logs.v1.LogRecord line,
      long now) {
    Map<String, String> metadata = new TreeMap<>(shared);
    flatten(line.getAttributesList(), metadata);
    if (line.getSeverityNumberValue() != 0) {
      metadata.put("severity_number", Integer.toString(line.getSeverityNumberValue()));
      metadata.put("detected_level", level(line.getSeverityNumberValue()));
    }
    metadata.computeIfAbsent("severity_text", _ -> line.getSeverityText());
    metadata.computeIfAbsent("event_name", _ -> line.getEventName());
    metadata.computeIfAbsent("trace_id", _ -> hex(line.getTraceId()));
    metadata.computeIfAbsent("span_id", _ -> hex(line.getSpanId()));
    if (line.getFlags() != 0) {
      metadata.put("flags", Integer.toUnsignedString(line.getFlags()));
    }
    long observed = line.getObservedTimeUnixNano();
    if (observed != 0) {
      metadata.put("observed_timestamp", Long.toUnsignedString(observed));
    }
    long given = line.getTimeUnixNano() != 0 ? line.getTimeUnixNano() : observed;
    return new LogRecord(
        stream,
        given != 0 ? given : now,
        OtlpValues.text(line.getBody()),
        Labels.of(OtlpNames.labels(metadata)));
  }

  private static String hex(ByteString id) {
    return HexFormat.of().formatHex(id.toByteArray());
  }

  /// OTel specification, logs/data-model.md, "Field: SeverityNumber", in Loki's words.
  private static String level(int severity) {
    return switch ((severity - 1) / 4) {
      case 0 -> "trace";
      case 1 -> "debug";
      case 2 -> "info";
      case 3 -> "warn";
      case 4 -> "error";
      case 5 -> "fatal";
      default -> "unknown";
    };
  }
}
