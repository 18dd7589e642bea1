package hinomi.wire;

import hinomi.model.Admission;
import hinomi.model.WriteBatch;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.metrics.v1.ResourceMetrics;
import io.opentelemetry.proto.metrics.v1.ScopeMetrics;
import java.util.List;

/// OTLP metrics to Prometheus series (OTel specification,
/// compatibility/prometheus_and_openmetrics.md; Prometheus' default strategy). Explicit histograms
/// become classic ones, exponential histograms native ones. Points of delta temporality are added
/// up by whoever remembers them ([OtlpDeltas]); what has no temporality is refused. Stateless; any
/// thread.
public final class OtlpMetrics {
  private OtlpMetrics() {}

  /// What a request held.
  ///
  /// @param batch with Prometheus' names; `target_info` of each resource included
  /// @param refusals data points that cannot be taken, by reason: `unspecified_temporality`,
  ///   `bad_histogram`, `bad_metric_name`, and those of [OtlpDeltas]
  public record Decoded(WriteBatch batch, List<Admission.Refusal> refusals) {
    public Decoded {
      refusals = List.copyOf(refusals);
    }
  }

  /// @param body an `ExportMetricsServiceRequest`, its compression off
  public static Decoded decode(OtlpFormat format, byte[] body, OtlpDeltas deltas) {
    ExportMetricsServiceRequest.Builder request = ExportMetricsServiceRequest.newBuilder();
    format.read(body, request);
    OtlpSeries series = new OtlpSeries(deltas);
    for (ResourceMetrics resource : request.getResourceMetricsList()) {
      series.begin(OtlpResource.of(resource.getResource().getAttributesList()));
      for (ScopeMetrics scope : resource.getScopeMetricsList()) {
        scope.getMetricsList().forEach(series::add);
      }
      series.end();
    }
    return series.decoded();
  }
}
