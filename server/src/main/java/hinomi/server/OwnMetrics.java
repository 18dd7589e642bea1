package hinomi.server;

import hinomi.model.Admission;
import hinomi.model.Cancel;
import hinomi.model.Labels;
import hinomi.model.Sample;
import hinomi.model.Time;
import hinomi.web.Reply;
import hinomi.web.Request;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheus.PrometheusConfig;
import io.micrometer.prometheus.PrometheusMeterRegistry;
import io.prometheus.client.Collector;
import io.prometheus.client.exporter.common.TextFormat;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;

/// Our own telemetry: everything is measured with Micrometer, exposed through the simpleclient
/// registry at `/metrics`, and written into our own store, so that our own rules and dashboards see
/// us as they see everybody else.
final class OwnMetrics implements AutoCloseable {
  private static final String JOB = "hinomi";

  @SuppressWarnings("deprecation") // the simpleclient registry is the required one
  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

  private final JvmGcMetrics gc = new JvmGcMetrics();

  OwnMetrics() {
    new JvmMemoryMetrics().bindTo(registry);
    gc.bindTo(registry);
    new JvmThreadMetrics().bindTo(registry);
    new ClassLoaderMetrics().bindTo(registry);
    new ProcessorMetrics().bindTo(registry);
    new FileDescriptorMetrics().bindTo(registry);
    new UptimeMetrics().bindTo(registry);
  }

  MeterRegistry registry() {
    return registry;
  }

  Reply scrape(Request request) {
    String format = TextFormat.chooseContentType(request.header("accept").orElse(null));
    return Reply.of(200, format, registry.scrape(format).getBytes(StandardCharsets.UTF_8));
  }

  /// Writes all own series, and `up`, into the store again and again.
  Cancel store(
      Duration period, String instance, Time time, Function<List<Sample>, Admission> sink) {
    return time.every(
        period,
        "own metrics",
        () -> {
          Admission _ = sink.apply(samples(instance, time.now().toEpochMilli()));
        });
  }

  private List<Sample> samples(String instance, long now) {
    List<Sample> samples = new ArrayList<>();
    samples.add(new Sample(Labels.of(Labels.NAME, "up", "job", JOB, "instance", instance), now, 1));
    for (Collector.MetricFamilySamples family :
        Collections.list(registry.getPrometheusRegistry().metricFamilySamples())) {
      for (Collector.MetricFamilySamples.Sample sample : family.samples) {
        Labels.Builder labels = Labels.builder();
        for (int i = 0; i < sample.labelNames.size(); i++) {
          labels.set(sample.labelNames.get(i), sample.labelValues.get(i));
        }
        labels.set(Labels.NAME, sample.name).set("job", JOB).set("instance", instance);
        samples.add(new Sample(labels.build(), now, sample.value));
      }
    }
    return samples;
  }

  @Override
  public void close() {
    gc.close();
    registry.close();
  }
}
