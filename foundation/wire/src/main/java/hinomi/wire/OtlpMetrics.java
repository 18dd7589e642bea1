package hinomi.wire;

import hinomi.model.Admission;
import hinomi.model.WriteBatch;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.metrics.v1.ResourceMetrics;
import io.opentelemetry.proto.metrics.v1.ScopeMetrics;
import java.util.List;

/// OTLP metrics to Prometheus series (OTel specification,
/// compatibility/prometheus_and_openmetrics.md; Prometheus' default strategy). Gauges, cumulative
/// sums, explicit histograms (as classic buckets) and summaries are taken. Refused by name: delta
/// or unspecified temporality, for a sum of differences needs a memory that this function has not;
/// exponential histograms, for the store has no native histograms. Stateless; any thread.
public final class OtlpMetrics {
  private OtlpMetrics() {}

  /// What a request held.
  ///
  /// @param batch with Prometheus' names; `target_info` of each resource included
  /// @param refusals data points that cannot be taken, by reason: `delta_temporality`,
  ///   `unspecified_temporality`, `exponential_histogram`, `bad_histogram`, `bad_metric_name`
  public record Decoded(WriteBatch batch, List<Admission.Refusal> refusals) {
    public Decoded {
      refusals = List.copyOf(refusals);
    }
  }

  /// @param body an `ExportMetricsServiceRequest`, its compression off
  public static Decoded decode(OtlpFormat format, byte[] body) {
    ExportMetricsServiceRequest.Builder request = ExportMetricsServiceRequest.newBuilder();
    format.read(body, request);
    OtlpSeries series = new OtlpSeries();
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
