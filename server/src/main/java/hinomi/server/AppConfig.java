package hinomi.server;

import hinomi.agent.AgentConfig;
import hinomi.alertengine.AlertEngineConfig;
import hinomi.alertengine.AlertRouting;
import hinomi.alertengine.calendar.TradingCalendars;
import hinomi.alertengine.oncall.OnCall;
import hinomi.alertengine.rule.AlertRules;
import hinomi.alertengine.rule.Vocabulary;
import hinomi.collector.CollectorConfig;
import hinomi.console.ConsoleConfig;
import hinomi.incidentrecords.IncidentRecordsConfig;
import hinomi.logindexer.LogIndexConfig;
import hinomi.logindexer.LogMetrics;
import hinomi.metricstore.MetricStoreConfig;
import hinomi.oncall.OnCallConfig;
import hinomi.oncall.roster.Roster;
import hinomi.promql.PromQl;
import hinomi.promql.PromQlConfig;
import hinomi.promql.PrometheusApiConfig;
import hinomi.rulelint.RuleLint;
import hinomi.servicelevels.ServiceLevelsConfig;
import hinomi.servicelevels.component.Component;
import hinomi.servicelevels.component.Components;
import hinomi.settings.Mistakes;
import hinomi.settings.Section;
import hinomi.settings.Yaml;
import hinomi.statuspage.StatusPageConfig;
import hinomi.syntheticprobes.ProbesConfig;
import hinomi.web.WebConfig;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// The whole configuration, in the order of the path: each part reads its own section. What is read
/// here has no mistake; all that were found are told at once.
record AppConfig(
    Path directory,
    Path data,
    Listeners listeners,
    AgentConfig agent,
    CollectorConfig collector,
    MetricStoreConfig metricStore,
    PromQlConfig promql,
    PrometheusApiConfig prometheusApi,
    LogIndexConfig logIndexer,
    AlertEngineConfig alerting,
    AlertRules rules,
    AlertRouting routing,
    OnCallConfig onCall,
    Roster roster,
    ConfigLint lint,
    Components components,
    ServiceLevelsConfig serviceLevels,
    IncidentRecordsConfig incidentRecords,
    StatusPageConfig statusPage,
    ConsoleConfig console,
    ShownConfig shown,
    Map<String, String> overrides,
    String summary) {
  AppConfig {
    overrides = Map.copyOf(overrides);
  }

  /// What listens where.
  record Listeners(WebConfig web, WebConfig status, WebConfig otlpHttp) {
    List<WebConfig> all() {
      return List.of(web, status, otlpHttp);
    }
  }

  /// Reads `hinomi.yaml` and the folders beside it.
  ///
  /// @param overrides dotted key → value, put over `hinomi.yaml`
  /// @throws Mistakes.Invalid with every mistake
  static AppConfig read(Path directory, Path data, Map<String, String> overrides) {
    Mistakes mistakes = new Mistakes();
    Section root = Yaml.read(directory.resolve("hinomi.yaml"), mistakes, overrides);
    Listeners listeners = listeners(root);
    AlertEngineConfig alerting =
        AlertEngineConfig.from(root.section("alerting"), root.section("delivery"), directory, data);
    Components components = Components.read(directory.resolve("components"), mistakes);
    OnCall onCall = OnCall.read(alerting.onCall(), mistakes);
    Roster roster = Roster.read(alerting.onCall(), mistakes);
    PromQlConfig promql = PromQlConfig.from(root.section("promql"));
    Vocabulary vocabulary =
        vocabulary(promql, components, onCall)
            .with(TradingCalendars.read(alerting.calendars(), mistakes));
    AlertRules rules = AlertRules.read(alerting.rules(), mistakes, vocabulary);
    AlertRouting routing = AlertRouting.read(alerting, onCall, ids(components), mistakes);
    ProbesConfig probes = probes(directory, mistakes, listeners, components);
    String summary =
        rules.groups().stream().mapToInt(group -> group.rules().size()).sum()
            + " rules, "
            + components.inOrder().size()
            + " components, "
            + probes.probes().size()
            + " probes, "
            + onCall.people().size()
            + " people on call";
    AppConfig config =
        new AppConfig(
            directory,
            data,
            listeners,
            AgentConfig.from(root.section("agent")).withDirectory(data.resolve("agent")),
            CollectorConfig.from(root.section("collector"), data.resolve("collector")),
            MetricStoreConfig.from(root.section("metric-store"), data.resolve("metrics")),
            promql,
            PrometheusApiConfig.from(root.section("promql")),
            LogIndexConfig.from(root.section("log-indexer"), data.resolve("logs")),
            alerting,
            rules,
            routing,
            OnCallConfig.from(root.section("on-call")),
            roster,
            new ConfigLint(new RuleLint(vocabulary, promql.dialect()), alerting, routing),
            components,
            ServiceLevelsConfig.from(root.section("service-levels")),
            IncidentRecordsConfig.from(root.section("incident-records")),
            statusPage(root.section("status"), listeners.status()),
            ConsoleConfig.from(root.section("console")),
            ShownConfig.of(directory.resolve("hinomi.yaml"), overrides),
            overrides,
            summary);
    root.end();
    mistakes.throwIfAny();
    return config;
  }

  /// What rules may say here.
  Vocabulary vocabulary() {
    // Read anew, as rules that are brought along mean the calendars as they are now.
    return vocabulary(promql, components, routing.onCall())
        .with(TradingCalendars.read(alerting.calendars(), new Mistakes()));
  }

  private static Vocabulary vocabulary(PromQlConfig promql, Components components, OnCall onCall) {
    return Vocabulary.of(
            expression -> PromQl.check(expression, promql.dialect()),
            ids(components),
            onCall.ladders().keySet())
        .withPushed(expression -> PromQl.checkNamed(expression, promql.dialect()))
        .withLogs(LogMetrics::check);
  }

  /// The same files as they are now.
  ///
  /// @throws Mistakes.Invalid with every mistake
  AppConfig again() {
    return read(directory, data, overrides);
  }

  Set<String> componentIds() {
    return ids(components);
  }

  /// What is built once, at the start, by the name of its section or folder.
  Map<String, String> built() {
    return Map.ofEntries(
        entry("web, status, otlp", listeners),
        entry("agent", agent),
        entry("collector", collector),
        entry("metric-store", metricStore),
        entry("promql", List.of(promql, prometheusApi)),
        entry("log-indexer", logIndexer),
        entry("on-call", onCall),
        entry("components/", components.inOrder()),
        entry("service-levels", serviceLevels),
        entry("incident-records", incidentRecords),
        entry("status", statusPage),
        entry("console", console),
        entry("probes/", probes(directory, new Mistakes(), listeners, components)));
  }

  private static Map.Entry<String, String> entry(String name, Object part) {
    return Map.entry(name, part.toString());
  }

  private static Listeners listeners(Section root) {
    Section otlp = root.section("otlp").section("http");
    Listeners listeners =
        new Listeners(
            WebConfig.from("web", root.section("web"), 8480),
            WebConfig.from("status", root.section("status"), 8481),
            WebConfig.from("otlp.http", otlp, 4318));
    boolean insecure = root.section("access").flag("insecure", false);
    for (WebConfig listener : List.of(listeners.web(), listeners.otlpHttp())) {
      if (!insecure && !loopback(listener.host())) {
        Section section = listener.name().equals("web") ? root.section("web") : otlp;
        section.mistake(
            "host",
            "\""
                + listener.host()
                + "\" is not a loopback address, and without TLS and tokens everybody there could"
                + " write and read; write access.insecure: true to accept that");
      }
    }
    return listeners;
  }

  private static boolean loopback(String host) {
    try {
      return InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException e) {
      return false;
    }
  }

  /// The probes with the addresses as they are configured; a port 0 is filled in when it is known.
  private static ProbesConfig probes(
      Path directory, Mistakes mistakes, Listeners listeners, Components components) {
    return ProbesConfig.read(
        directory.resolve("probes"),
        mistakes,
        variables(
            new App.Addresses(
                url(listeners.web()), url(listeners.status()), url(listeners.otlpHttp()))),
        ids(components));
  }

  private static Set<String> ids(Components components) {
    return components.inOrder().stream().map(Component::id).collect(Collectors.toSet());
  }

  /// Links on the page lead to `status.url`, or to the listener itself where that is not set.
  private static StatusPageConfig statusPage(Section section, WebConfig listener) {
    StatusPageConfig page = StatusPageConfig.from(section);
    return section.has("url") ? page : page.withUrl(URI.create(url(listener)));
  }

  private static String url(WebConfig listener) {
    return "http://" + listener.host() + ":" + listener.port();
  }

  /// The probes with the addresses as they are.
  ProbesConfig probes(App.Addresses addresses) {
    Mistakes mistakes = new Mistakes();
    ProbesConfig probes =
        ProbesConfig.read(
            directory.resolve("probes"), mistakes, variables(addresses), ids(components));
    mistakes.throwIfAny();
    return probes;
  }

  private static Map<String, String> variables(App.Addresses addresses) {
    return Map.of(
        "web.url", addresses.web(),
        "web.address", addresses.web().substring("http://".length()),
        "status.url", addresses.status(),
        "status.address", addresses.status().substring("http://".length()),
        "otlp.http.url", addresses.otlpHttp(),
        "otlp.http.address", addresses.otlpHttp().substring("http://".length()));
  }

  /// Where mails land when no mail server is configured.
  Optional<Path> mailbox() {
    return alerting.delivery().smtp().host().isEmpty()
        ? Optional.of(alerting.delivery().mailbox())
        : Optional.empty();
  }
}
