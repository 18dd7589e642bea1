package hinomi.wire;

import hinomi.model.Admission;
import hinomi.model.LogRecord;
import java.time.Instant;
import java.util.List;

/// OTLP logs, both ways, with stream labels as Loki makes them. Stateless; any thread.
///
/// **Stream labels** of a decoded record are the resource attributes that Loki indexes by default
/// (`service.name`, `k8s.pod.name`…), plus those that the resource attribute `loki.resource.labels`
/// names (the OpenTelemetry Collector's hint: a list, or a text with commas). Names are sanitised:
/// `service.name` becomes `service_name`. Without the hint, a resource that has no `service.name`
/// gets `service_name="unknown_service"`. Everything else, severity and trace ids included, becomes
/// metadata of the line.
///
/// **Round trip**: [#encode] writes every stream label as a resource attribute of the same name and
/// names all of them in the hint, so that [#decode] finds exactly the same stream; metadata become
/// log attributes. Label names must be `[a-zA-Z_][a-zA-Z0-9_]*` without `__` to come back
/// unchanged.
public final class OtlpLogs {
  private OtlpLogs() {}

  /// What a request held.
  ///
  /// @param records in the order of the message
  /// @param refusals lines that cannot be taken: none today
  public record Decoded(List<LogRecord> records, List<Admission.Refusal> refusals) {
    public Decoded {
      records = List.copyOf(records);
      refusals = List.copyOf(refusals);
    }
  }

  /// An `ExportLogsServiceRequest` in protobuf, one resource for each stream.
  public static byte[] encode(List<LogRecord> records) {
    return OtlpLogsEncoder.encode(records);
  }

  /// @param body an `ExportLogsServiceRequest`, its compression off
  /// @param now the time of records that carry none
  public static Decoded decode(OtlpFormat format, byte[] body, Instant now) {
    return OtlpLogsDecoder.decode(format, body, now);
  }
}
