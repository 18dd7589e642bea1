package hinomi.server;

import hinomi.agent.Agent;
import hinomi.alertengine.AlertEngine;
import hinomi.alertengine.AlertPorts;
import hinomi.alertengine.AlertSurroundings;
import hinomi.alertengine.backtest.Backtests;
import hinomi.alertengine.http.AlertApi;
import hinomi.alertengine.http.BacktestApi;
import hinomi.alertengine.http.ExplainApi;
import hinomi.alertengine.http.SilenceApi;
import hinomi.alertengine.http.TransitionApi;
import hinomi.alertengine.http.alertmanager.AlertmanagerApi;
import hinomi.collector.Collector;
import hinomi.collector.CollectorPorts;
import hinomi.collector.http.CollectorRoutes;
import hinomi.console.Console;
import hinomi.console.ConsolePorts;
import hinomi.console.http.ConsolePages;
import hinomi.incidentrecords.IncidentRecords;
import hinomi.incidentrecords.http.IncidentApi;
import hinomi.logindexer.LogIndex;
import hinomi.logindexer.LogMetrics;
import hinomi.logindexer.http.LogsApi;
import hinomi.logindexer.http.LokiApi;
import hinomi.metricstore.MetricStore;
import hinomi.model.Admission;
import hinomi.model.Time;
import hinomi.oncall.OnCallSchedules;
import hinomi.oncall.http.ScheduleApi;
import hinomi.promql.PromQl;
import hinomi.promql.Sources;
import hinomi.promql.http.PrometheusApi;
import hinomi.rulelint.http.LintApi;
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
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;

/// The product on one page. Parts are built sinks first, sources last, and joined by their ports;
/// [#close] goes the other way, so that nobody writes to what is gone.
///
/// ```
/// stores → records → alerts → listeners → sources
/// ```
public final class App implements AutoCloseable {
  private static final Duration OWN_METRICS_PERIOD = Duration.ofSeconds(15);
  private static final int SHOWN_INCIDENTS = 200;

  private final Lifecycle parts = new Lifecycle();
  private final AtomicReference<Addresses> bound = new AtomicReference<>(new Addresses("", "", ""));
  private final AppConfig config;
  private final Time time;
  private final OwnMetrics own;
  private final MeterRegistry registry;
  private final Reload reload;
  private final Addresses addresses;

  /// Where the listeners answer, as base URLs.
  public record Addresses(String web, String status, String otlpHttp) {}

  /// What samples and lines rest in, and who asks them.
  private record Stores(MetricStore metrics, LogIndex logs, PromQl promql) {}

  /// What is known of components, incidents and who is on duty, and who shows it.
  private record Records(
      Database database,
      OnCallSchedules schedules,
      ServiceLevels levels,
      IncidentRecords incidents,
      StatusPage page) {}

  /// Starts everything; a part that cannot be had ends what was started and says why.
  App(AppConfig config, Time time) {
    this.config = config;
    this.time = time;
    try {
      DataDirectory data = parts.keep("data directory", DataDirectory.open(config.data()));
      Path logFile = data.resolve("log").resolve("hinomi.log").toAbsolutePath();
      parts.keep("log file", new LogFile(logFile));
      this.own = parts.keep("own metrics", new OwnMetrics());
      this.registry = own.registry();
      Stores stores = stores();
      Records records = records(data);
      Findings findings = new Findings(records.incidents(), records.levels(), records.page());
      AlertEngine alerts = alerts(stores, records, findings);
      // Samples become durable first; then the rules that look at them are told to look.
      stores.metrics().watch(alerts::looksAt, alerts::samplesArrived);
      this.reload =
          new Reload(
              config,
              alerts,
              new Reload.Told(stores.metrics(), records.schedules()),
              time,
              registry);
      AtomicBoolean ready = new AtomicBoolean();
      this.addresses = listeners(stores, records, alerts, ready);
      bound.set(addresses);
      sources(stores.metrics(), findings, logFile);
      ready.set(true);
      config.lint().tell();
    } catch (RuntimeException | Error e) {
      parts.close();
      throw e;
    }
  }

  private Stores stores() {
    MetricStore metrics =
        parts.keep("metric store", MetricStore.open(config.metricStore(), time, registry));
    LogIndex logs = parts.keep("log index", LogIndex.open(config.logIndexer(), time, registry));
    PromQl promql =
        parts.keep(
            "queries",
            new PromQl(
                config.promql(),
                new Sources(metrics::select, metrics::rolled, metrics::spacing),
                time,
                registry));
    return new Stores(metrics, logs, promql);
  }

  private Records records(DataDirectory data) {
    Database database =
        parts.keep("records", Database.openFile(data.resolve("records").resolve("hinomi")));
    OnCallSchedules schedules =
        new OnCallSchedules(config.onCall(), config.roster(), database, time, new RosterNews());
    ServiceLevels levels =
        parts.keep(
            "service levels",
            ServiceLevels.open(
                config.serviceLevels(), config.components(), database, time, registry));
    IncidentRecords incidents =
        parts.keep(
            "incident records",
            IncidentRecords.open(
                config.incidentRecords(), config.components()::name, database, time, registry));
    StatusPage page =
        parts.keep(
            "status page",
            new StatusPage(
                config.statusPage(),
                levels::at,
                () -> incidents.published(SHOWN_INCIDENTS),
                time,
                registry));
    return new Records(database, schedules, levels, incidents, page);
  }

  private AlertEngine alerts(Stores stores, Records records, Findings findings) {
    Tracing tracing = parts.keep("tracing", new Tracing(new TraceLog(stores.logs()::append)));
    return parts.keep(
        "alert engine",
        AlertEngine.start(
            config.alerting(),
            config.rules(),
            config.routing(),
            new AlertPorts(
                stores.promql()::elements,
                new LogMetrics(stores.logs())::vector,
                stores.promql()::hasData,
                PromQl::metricNames,
                PromQl::compared,
                PromQl::sampleCounts,
                findings::alert,
                findings::evidence,
                stores.metrics()::append,
                () -> bound.get().web(),
                findings::paged,
                config.components()::upstreams),
            new AlertSurroundings(records.database(), time, registry, tracing.tracer())));
  }

  private Addresses listeners(
      Stores stores, Records records, AlertEngine alerts, AtomicBoolean ready) {
    Collector collector =
        parts.keep(
            "collector",
            new Collector(
                config.collector(),
                new CollectorPorts(
                    stores.metrics()::append, stores.metrics()::backfill, stores.logs()::append),
                time,
                registry));
    CollectorRoutes receivers = new CollectorRoutes(collector, config.collector(), time, registry);
    Routes web = new Routes();
    receivers.routes(web);
    prometheusApi(stores, alerts).routes(web.questions());
    new LokiApi(stores.logs()).routes(web.questions());
    new LogsApi(stores.logs()).routes(web.questions());
    new AlertApi(alerts).routes(web);
    new AlertmanagerApi(alerts::desk).routes(web);
    new SilenceApi(alerts::desk).routes(web);
    new ExplainApi(alerts, time).routes(web);
    new TransitionApi(alerts.journal().transitions(), time).routes(web.questions());
    new BacktestApi(
            parts.keep("backtests", new Backtests()),
            () ->
                new BacktestJoints(
                        reload.state().inForce(),
                        stores.metrics(),
                        new LogMetrics(stores.logs()),
                        records.incidents(),
                        alerts,
                        time)
                    .ports(config.statusPage().identity().zone()),
            time)
        .routes(web);
    new LintApi(() -> reload.state().inForce().lint().report(stores.metrics(), time))
        .routes(web.questions());
    new ScheduleApi(records.schedules()).routes(web.questions());
    new IncidentApi(records.incidents(), config.components()::name, time).routes(web);
    ConsoleJoints joints =
        new ConsoleJoints(
            alerts, records.incidents(), records.levels(), stores.logs(), stores.promql());
    new ConsolePages(
            new Console(
                joints.ports(
                    new ConsolePorts.Addresses(
                        () -> URI.create(bound.get().web()),
                        () -> URI.create(bound.get().status())),
                    config.console().zone(),
                    config.alerting().silences().max()),
                config.console(),
                time,
                registry))
        .routes(web.questions());
    web.get("/metrics", own::scrape)
        .post("/-/reload", _ -> reload.answer())
        .get("/healthz", _ -> Reply.text(200, "ok\n"))
        .get(
            "/readyz",
            _ -> ready.get() ? Reply.text(200, "ready\n") : Reply.text(503, "starting\n"));
    Routes otlp = new Routes();
    receivers.otlpRoutes(otlp);
    Routes status = new Routes();
    new StatusSite(records.page()).routes(status);
    EventLoops loops = parts.keep("event loops", new EventLoops());
    return new Addresses(
        listen(config.listeners().web(), web, loops),
        listen(config.listeners().status(), status, loops),
        listen(config.listeners().otlpHttp(), otlp, loops));
  }

  private PrometheusApi prometheusApi(Stores stores, AlertEngine alerts) {
    StoreJoints store = new StoreJoints(stores.metrics(), reload::state, time.now());
    PrometheusJoints joints =
        new PrometheusJoints(alerts::rules, stores.promql(), time, config.agent().interval());
    return new PrometheusApi(
        stores.promql(),
        joints.ports(store.lookups(), store.admin(), store.status()),
        config.prometheusApi(),
        time);
  }

  private String listen(WebConfig where, Routes what, EventLoops loops) {
    return parts.keep(where.name(), WebServer.start(where, what, loops, registry)).url();
  }

  private void sources(MetricStore metrics, Findings findings, Path logFile) {
    parts.keep(
        "own metrics into the store",
        own.store(OWN_METRICS_PERIOD, config.agent().instance(), time, metrics::append));
    parts.keep(
        "probes",
        Probes.start(
            config.probes(addresses),
            result -> {
              Admission _ = metrics.append(result.samples());
              findings.probe(result);
            },
            time,
            registry));
    parts.keep(
        "agent",
        Agent.start(
            config.agent().withServer(URI.create(addresses.web())).alsoFollowing(logFile, "hinomi"),
            time,
            registry));
  }

  /// Takes up the configuration's files as they are now; with a mistake all stays as it is, which
  /// the log tells.
  void reload() {
    Reply _ = reload.answer();
  }

  Addresses addresses() {
    return addresses;
  }

  @Override
  public void close() {
    parts.close();
  }
}
