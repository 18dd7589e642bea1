package hinomi.collector.http;

import hinomi.collector.Collector;
import hinomi.collector.CollectorConfig;
import hinomi.collector.accumulate.DeltaSums;
import hinomi.model.Failure;
import hinomi.model.Time;
import hinomi.web.Endpoint;
import hinomi.web.Failures;
import hinomi.web.Reply;
import hinomi.web.Routes;
import hinomi.wire.OtlpAnswers.Signal;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;

/// The paths of all receivers. Requests that are answered with an error, in whole or in part, are
/// counted in `hinomi.collector.requests.failed` by protocol and status.
public final class CollectorRoutes {
  private final CollectorConfig config;
  private final MeterRegistry registry;
  private final RemoteWriteReceiver remoteWrite;
  private final RemoteWriteReceiver backfill;
  private final OtlpReceiver otlp;
  private final LokiReceiver loki;
  private final PushgatewayReceiver pushgateway;

  public CollectorRoutes(
      Collector collector, CollectorConfig config, Time time, MeterRegistry registry) {
    Bodies bodies = new Bodies(config.decoding());
    this.config = config;
    this.registry = registry;
    this.remoteWrite = new RemoteWriteReceiver("remote_write", collector::samples, bodies);
    this.backfill = new RemoteWriteReceiver("backfill", collector::past, bodies);
    DeltaSums deltas = new DeltaSums(config.maxDeltaSeries(), time);
    Gauge.builder("hinomi.collector.delta.series", deltas, DeltaSums::size)
        .strongReference(true)
        .register(registry);
    this.otlp = new OtlpReceiver(collector, bodies, deltas, time);
    this.loki = new LokiReceiver(collector, bodies);
    this.pushgateway = new PushgatewayReceiver(collector, bodies);
  }

  /// Adds the receivers' paths to a listener: all of them.
  public void routes(Routes routes) {
    otlpRoutes(routes);
    post(routes, "remote_write", "/api/v1/write", remoteWrite::write);
    post(routes, "remote_write", "/api/v1/push", remoteWrite::write);
    post(routes, "backfill", "/api/hinomi/v1/backfill", backfill::write);
    post(routes, "loki", "/loki/api/v1/push", loki::push);
    String group = "/metrics/{group...}";
    routes.put(group, config.maxBody(), counted("pushgateway", pushgateway::put));
    post(routes, "pushgateway", group, pushgateway::post);
    routes.delete(group, counted("pushgateway", pushgateway::delete));
  }

  /// Adds OTLP's paths alone, for the port that SDKs expect it on.
  public void otlpRoutes(Routes routes) {
    post(routes, "otlp", "/v1/metrics", otlp.receive(Signal.METRICS));
    post(routes, "otlp", "/v1/logs", otlp.receive(Signal.LOGS));
    post(routes, "otlp", "/v1/traces", otlp.receive(Signal.TRACES));
    // Where Prometheus and Loki have them, for configurations that are pasted from their docs.
    post(routes, "otlp", "/api/v1/otlp/v1/metrics", otlp.receive(Signal.METRICS));
    post(routes, "otlp", "/otlp/v1/logs", otlp.receive(Signal.LOGS));
  }

  private void post(Routes routes, String protocol, String pattern, Endpoint endpoint) {
    routes.post(pattern, config.maxBody(), counted(protocol, endpoint));
  }

  private Endpoint counted(String protocol, Endpoint endpoint) {
    return request -> {
      try {
        Reply reply = endpoint.answer(request);
        if (reply.status() >= 400) {
          failed(protocol, reply.status());
        }
        return reply;
      } catch (Failure e) {
        failed(protocol, Failures.status(e));
        throw e;
      }
    };
  }

  private void failed(String protocol, int status) {
    String text = Integer.toString(status);
    registry
        .counter("hinomi.collector.requests.failed", "protocol", protocol, "status", text)
        .increment();
  }
}
