package hinomi.server;

import hinomi.agent.Agent;
import hinomi.alertengine.AlertEngine;
import hinomi.alertengine.AlertPorts;
import hinomi.alertengine.AlertSurroundings;
import hinomi.alertengine.http.AlertApi;
import hinomi.collector.Collector;
import hinomi.collector.http.CollectorRoutes;
import hinomi.incidentrecords.IncidentRecords;
import hinomi.incidentrecords.http.IncidentApi;
import hinomi.logindexer.LogIndex;
import hinomi.logindexer.http.LogsApi;
import hinomi.logindexer.http.LokiApi;
import hinomi.metricstore.MetricStore;
import hinomi.model.Admission;
import hinomi.model.Sample;
import hinomi.model.Time;
import hinomi.promql.PromQl;
import hinomi.promql.http.PrometheusApi;
import hinomi.servicelevels.ServiceLevels;
import hinomi.sql.Database;
import hinomi.statuspage.StatusPage;
import hinomi.statuspage.http.StatusSite;
import hinomi.syntheticprobes.Probes;
import hinomi.web.EventLoops;
import hinomi.web.Reply;
import hinomi.web.Routes;
import hinomi.web.WebConfig;
import hinomi.web.WebServer;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiFunction;
import java.util.function.Function;

/// The product on one page. Parts are built sinks first, sources last, and joined by their ports;
/// [#close] goes the other way, so that nobody writes to what is gone.
public final class App implements AutoCloseable {
  private static final Duration OWN_METRICS_PERIOD = Duration.ofSeconds(15);
  private static final int SHOWN_INCIDENTS = 200;

  private final Lifecycle parts = new Lifecycle();
  private final AtomicReference<String> console = new AtomicReference<>("");
  private final Addresses addresses;

  /// Where the listeners answer, as base URLs.
  public record Addresses(String web, String status, String otlpHttp) {}

  /// Starts everything; a part that cannot be had ends what was started and says why.
  App(AppConfig config, Time time) {
    try {
      this.addresses = start(config, time);
    } catch (RuntimeException | Error e) {
      parts.close();
      throw e;
    }
  }

  private Addresses start(AppConfig config, Time time) {
    DataDirectory data = parts.keep("data directory", DataDirectory.open(config.data()));
    Path logFile = data.resolve("log").resolve("hinomi.log").toAbsolutePath();
    parts.keep("log file", new LogFile(logFile));
    OwnMetrics own = parts.keep("own metrics", new OwnMetrics());
    MeterRegistry registry = own.registry();
    Database records =
        parts.keep("records", Database.openFile(data.resolve("records").resolve("hinomi")));

    MetricStore store =
        parts.keep("metric store", MetricStore.open(config.metricStore(), time, registry));
    LogIndex logs = parts.keep("log index", LogIndex.open(config.logIndexer(), time, registry));
    PromQl promql = new PromQl(config.promql(), store::select, time, registry);
    Tracing tracing = parts.keep("tracing", new Tracing(new TraceLog(logs::append)));

    ServiceLevels levels =
        parts.keep(
            "service levels",
            ServiceLevels.open(
                config.serviceLevels(), config.components(), records, time, registry));
    IncidentRecords incidents =
        parts.keep(
            "incident records",
            IncidentRecords.open(
                config.incidentRecords(), config.components()::name, records, time, registry));
    StatusPage page =
        parts.keep(
            "status page",
            new StatusPage(
                config.statusPage(),
                levels::at,
                () -> incidents.published(SHOWN_INCIDENTS),
                time,
                registry));
    Findings findings = new Findings(incidents, levels, page);
    AlertEngine alerts =
        parts.keep(
            "alert engine",
            AlertEngine.start(
                config.alerting(),
                new AlertPorts(
                    promql::vector,
                    promql::hasData,
                    PromQl::check,
                    PromQl::metricNames,
                    findings::alert,
                    findings::evidence,
                    store::append,
                    console::get),
                new AlertSurroundings(records, time, registry, tracing.tracer())));
    // Samples become durable first; then the rules that look at them are told to look.
    Function<List<Sample>, Admission> samples =
        batch -> {
          Admission admission = store.append(batch);
          alerts.samplesArrived(batch);
          return admission;
        };
    Collector collector =
        parts.keep(
            "collector",
            new Collector(config.collector(), samples::apply, logs::append, time, registry));

    AtomicBoolean ready = new AtomicBoolean();
    CollectorRoutes receivers = new CollectorRoutes(collector, config.collector(), time, registry);
    Routes web = new Routes();
    receivers.routes(web);
    new PrometheusApi(promql, store::series, time).routes(web);
    new LokiApi(logs).routes(web);
    new LogsApi(logs).routes(web);
    new AlertApi(alerts).routes(web);
    new IncidentApi(incidents, config.components()::name, time).routes(web);
    web.get("/metrics", own::scrape)
        .get("/healthz", _ -> Reply.text(200, "ok\n"))
        .get(
            "/readyz",
            _ -> ready.get() ? Reply.text(200, "ready\n") : Reply.text(503, "starting\n"));
    Routes otlp = new Routes();
    receivers.otlpRoutes(otlp);
    Routes status = new Routes();
    new StatusSite(page).routes(status);
    EventLoops loops = parts.keep("event loops", new EventLoops());
    BiFunction<WebConfig, Routes, String> listener =
        (where, what) ->
            parts.keep(where.name(), WebServer.start(where, what, loops, registry)).url();
    Addresses bound =
        new Addresses(
            listener.apply(config.listeners().web(), web),
            listener.apply(config.listeners().status(), status),
            listener.apply(config.listeners().otlpHttp(), otlp));
    console.set(bound.web());

    parts.keep(
        "own metrics into the store",
        own.store(OWN_METRICS_PERIOD, config.agent().instance(), time, samples));
    parts.keep(
        "probes",
        Probes.start(
            config.probes(bound),
            result -> {
              Admission _ = samples.apply(result.samples());
              findings.probe(result);
            },
            time,
            registry));
    parts.keep(
        "agent",
        Agent.start(
            config.agent().withServer(URI.create(bound.web())).alsoFollowing(logFile, "hinomi"),
            time,
            registry));
    ready.set(true);
    return bound;
  }

  Addresses addresses() {
    return addresses;
  }

  @Override
  public void close() {
    parts.close();
  }
}
