package hinomi.exchangesimulator.telemetry;

import hinomi.exchangesimulator.market.MarketData;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.prometheus.PrometheusConfig;
import io.micrometer.prometheus.PrometheusMeterRegistry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.exporter.otlp.http.logs.OtlpHttpLogRecordExporter;
import io.opentelemetry.exporter.otlp.http.metrics.OtlpHttpMetricExporter;
import io.opentelemetry.sdk.logs.SdkLoggerProvider;
import io.opentelemetry.sdk.logs.export.BatchLogRecordProcessor;
import io.opentelemetry.sdk.metrics.SdkMeterProvider;
import io.opentelemetry.sdk.metrics.export.PeriodicMetricReader;
import io.opentelemetry.sdk.resources.Resource;
import io.prometheus.client.CollectorRegistry;
import io.prometheus.client.Counter;
import io.prometheus.client.Gauge;
import io.prometheus.client.exporter.PushGateway;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What the exchange tells of itself, in the three ways of the trade: the gateway measures with
/// Micrometer, the matching engine with Prometheus simpleclient — both pushed to the Pushgateway
/// paths —, market data and log lines go out by the OpenTelemetry SDK.
public final class Telemetry implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Telemetry.class);
  private static final Duration EVERY = Duration.ofSeconds(2);

  @SuppressWarnings("deprecation") // the simpleclient registry is the required one
  private final PrometheusMeterRegistry gateway =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

  private final CollectorRegistry engine = new CollectorRegistry();
  private final Counter executions =
      Counter.build("exchange_executions_total", "Trades").register(engine);
  private final Gauge resting =
      Gauge.build("exchange_book_resting_orders", "Orders resting in the book").register(engine);
  private final Gauge waiting =
      Gauge.build("exchange_engine_waiting_orders", "Orders before the engine").register(engine);
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("telemetry").daemon().factory());
  private final PushGateway push;
  private final SdkMeterProvider meters;
  private final SdkLoggerProvider loggers;
  private boolean reachable = true; // of the timer's thread

  /// @param collector base URL, such as `http://127.0.0.1:8480`
  public Telemetry(URI collector, MarketData market) {
    this.push = new PushGateway(collector.getHost() + ":" + collector.getPort());
    Resource resource =
        Resource.create(
            Attributes.of(
                AttributeKey.stringKey("service.name"), "exchange",
                AttributeKey.stringKey("service.instance.id"), "exchange-1"));
    this.meters =
        SdkMeterProvider.builder()
            .setResource(resource)
            .registerMetricReader(
                PeriodicMetricReader.builder(
                        OtlpHttpMetricExporter.builder()
                            .setEndpoint(collector + "/v1/metrics")
                            .setCompression("gzip")
                            .build())
                    .setInterval(EVERY)
                    .build())
            .build();
    var meter = meters.get("exchange");
    meter
        .gaugeBuilder("exchange.market_data.age")
        .setUnit("s")
        .setDescription("Age of the quote that subscribers see")
        .buildWithCallback(gauge -> gauge.record(market.ageSeconds()));
    meter
        .gaugeBuilder("exchange.market_data.last_price")
        .setUnit("JPY")
        .buildWithCallback(gauge -> gauge.record((double) market.quote().last()));
    meter
        .upDownCounterBuilder("exchange.market_data.subscribers")
        .buildWithCallback(counter -> counter.record(market.subscribers()));
    this.loggers =
        SdkLoggerProvider.builder()
            .setResource(resource)
            .addLogRecordProcessor(
                BatchLogRecordProcessor.builder(
                        OtlpHttpLogRecordExporter.builder()
                            .setEndpoint(collector + "/v1/logs")
                            .setCompression("gzip")
                            .build())
                    .setScheduleDelay(Duration.ofMillis(500))
                    .build())
            .build();
    OtlpAppender.connect(loggers);
    var _ =
        timer.scheduleAtFixedRate(
            this::pushAll, EVERY.toMillis(), EVERY.toMillis(), TimeUnit.MILLISECONDS);
  }

  /// Where the gateway measures.
  public MeterRegistry gateway() {
    return gateway;
  }

  /// Takes the engine's figures.
  public void engine(long newExecutions, long restingOrders, int waitingOrders) {
    executions.inc((double) newExecutions);
    resting.set((double) restingOrders);
    waiting.set(waitingOrders);
  }

  private void pushAll() {
    try {
      Map<String, String> instance = Map.of("instance", "exchange-1");
      push.push(gateway.getPrometheusRegistry(), "exchange-gateway", instance);
      push.push(engine, "matching-engine", instance);
      if (!reachable) {
        reachable = true;
        log.atInfo().log("the collector takes pushes again");
      }
    } catch (IOException e) {
      if (reachable) {
        reachable = false;
        log.atWarn().addKeyValue("cause", e.getMessage()).log("the collector takes no push");
      }
    }
  }

  @Override
  public void close() {
    timer.shutdownNow();
    OtlpAppender.disconnect();
    loggers.shutdown().join(2, TimeUnit.SECONDS);
    meters.shutdown().join(2, TimeUnit.SECONDS);
    gateway.close();
  }
}
