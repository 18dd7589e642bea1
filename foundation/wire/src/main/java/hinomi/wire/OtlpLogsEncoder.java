package hinomi.wire;

import hinomi.model.Labels;
import hinomi.model.LogRecord;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.ArrayValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import io.opentelemetry.proto.resource.v1.Resource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Log records to OTLP; the rules are told at [OtlpLogs].
final class OtlpLogsEncoder {
  private OtlpLogsEncoder() {}

  static byte[] encode(List<LogRecord> records) {
    Map<Labels, ScopeLogs.Builder> byStream = new LinkedHashMap<>();
    for (LogRecord record : records) {
      byStream
          .computeIfAbsent(record.stream(), _ -> ScopeLogs.newBuilder())
          .addLogRecords(record(record));
    }
    ExportLogsServiceRequest.Builder request = ExportLogsServiceRequest.newBuilder();
    byStream.forEach((stream, lines) ->
        request.addResourceLogs(
            ResourceLogs.newBuilder().setResource(resource(stream)).addScopeLogs(lines)));
    return request.build().toByteArray();
  }

  private static Resource resource(Labels stream) {
    Resource.Builder resource = Resource.newBuilder();
    ArrayValue.Builder hint = ArrayValue.newBuilder();
    stream.forEach((name, value) -> {
      resource.addAttributes(pair(name, text(value)));
      hint.addValues(text(name));
    });
    AnyValue names = AnyValue.newBuilder().setArrayValue(hint).build();
    return resource.addAttributes(pair(OtlpStreams.HINT, names)).build();
  }

  private static io.opentelemetry.proto.logs.v1.LogRecord record(LogRecord record) {
    io.opentelemetry.proto.logs.v1.LogRecord.Builder line =
        io.opentelemetry.proto.logs.v1.LogRecord.newBuilder()
            .setTimeUnixNano(record.timestamp())
            .setBody(text(record.line()));
    record.metadata().forEach((name, value) -> line.addAttributes(pair(name, text(value))));
    return line.build();
  }

  private static KeyValue pair(String key, AnyValue value) {
    return KeyValue.newBuilder().setKey(key).setValue(value).build();
  }

  private static AnyValue text(String text) {
    return AnyValue.newBuilder().setStringValue(text).build();
  }
}
