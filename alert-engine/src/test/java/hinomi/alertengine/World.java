package hinomi.alertengine;

import hinomi.alertengine.backtest.Setup;
import hinomi.alertengine.calendar.TradingCalendars;
import hinomi.alertengine.evaluate.Slots;
import hinomi.alertengine.group.PageGroup;
import hinomi.alertengine.journal.AlertJournal;
import hinomi.alertengine.journal.Delivery;
import hinomi.alertengine.oncall.OnCall;
import hinomi.alertengine.rule.AlertRules;
import hinomi.alertengine.rule.RuleGroup;
import hinomi.alertengine.rule.Vocabulary;
import hinomi.model.Admission;
import hinomi.model.AlertEvent;
import hinomi.model.BadInput;
import hinomi.model.Evidence;
import hinomi.model.Sample;
import hinomi.model.Time;
import hinomi.model.Unavailable;
import hinomi.model.Vector;
import hinomi.settings.Mistakes;
import hinomi.settings.Section;
import hinomi.settings.Yaml;
import hinomi.sql.Database;
import hinomi.testkit.SimTime;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Tracer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// An engine in simulated time over a real database, with whatever a test wants the queries to
/// answer. It can be stopped and started again on the same records.
final class World implements AutoCloseable {
  /// What a query answers at a time.
  @FunctionalInterface
  interface Answer {
    List<Sample> at(Instant at);
  }

  final SimTime time;
  Time clock; // of the engine
  final Instant begin;
  final Path folder;
  final Database database;
  final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  final Map<String, Answer> answers = new HashMap<>();
  final List<AlertEvent> events = new ArrayList<>();
  final List<Object> heard = new ArrayList<>(); // of alerts and of their pages
  boolean deafToPages;
  final List<Evidence> evidence = new ArrayList<>();
  final List<Sample> stored = new ArrayList<>();
  boolean hasData = true;
  final Map<String, List<String>> topology = new HashMap<>();
  String broken = ""; // the component about which the topology fails
  DataPresence presence = (_, _) -> hasData;
  LogQueries others =
      (expression, _) -> {
        throw new BadInput("no such expression: " + expression);
      };
  Selectors selectors = _ -> Set.of();
  Comparands comparands = _ -> "";
  SampleCounts sampleCounts = (_, _) -> List.of();
  String delivery = "";
  Tracer tracer = OpenTelemetry.noop().getTracer("test");
  String alerting = "interval: 1s";
  private @Nullable Figures figures;
  private @Nullable AlertEngine engine;

  World() {
    this(Database.temporary());
  }

  World(Database database) {
    this.database = database;
    // The group's slots then lie on whole seconds and tens of seconds since the beginning.
    Duration interval = Duration.ofSeconds(10);
    long offset =
        Slots.of(new RuleGroup("test.yaml", "g", interval, 0, Duration.ZERO, List.of()), interval)
            .phase();
    this.time = new SimTime(new SimTime().now().plusMillis(offset));
    this.clock = time;
    this.begin = time.now();
    try {
      this.folder = Files.createTempDirectory("alert-engine-test");
      Files.createDirectories(folder.resolve("rules"));
      Files.createDirectories(folder.resolve("oncall"));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  void rules(String yaml) throws IOException {
    Files.writeString(folder.resolve("rules/test.yaml"), yaml);
  }

  void onCall(String yaml) throws IOException {
    Files.writeString(folder.resolve("oncall/test.yaml"), yaml);
  }

  /// Series that any expression may be asked about.
  Figures figures() {
    Figures known = figures;
    if (known == null) {
      known = new Figures(begin);
      figures = known;
      others = known::vector;
      presence = known::hasData;
      selectors = Figures::metricNames;
      comparands = Figures::compared;
      sampleCounts = Figures::counts;
    }
    return known;
  }

  AlertPorts ports() {
    return new AlertPorts(
        (expression, at) -> Vector.of(query(expression, at)),
        this::query,
        (expression, at) -> presence.hasData(expression, at),
        expression -> selectors.metricNames(expression),
        expression -> comparands.compared(expression),
        (expression, window) -> sampleCounts.of(expression, window),
        event -> {
          events.add(event);
          heard.add(event);
        },
        evidence::add,
        samples -> {
          stored.addAll(samples.samples());
          return Admission.all(samples.size());
        },
        () -> "http://127.0.0.1:8480",
        this::heard,
        this::upstreams);
  }

  private List<String> upstreams(String component) {
    if (component.equals(broken)) {
      throw new IllegalStateException("BUG: a topology that fails");
    }
    return topology.getOrDefault(component, List.of());
  }

  /// Asks others than [#answers] and [#hasData].
  void live(LogQueries otherQueries, DataPresence otherPresence) {
    others = otherQueries;
    presence = otherPresence;
  }

  private void heard(PageEvent event) {
    if (deafToPages) {
      throw new Unavailable("nobody listens", new IOException());
    }
    heard.add(event);
  }

  /// What was told of pages, in order.
  List<PageEvent> pageEvents() {
    return heard.stream().filter(PageEvent.class::isInstance).map(PageEvent.class::cast).toList();
  }

  private List<Sample> query(String expression, Instant at) {
    Answer answer = answers.get(expression);
    return answer == null ? others.vector(expression, at) : answer.at(at);
  }

  /// The configuration as its files are now.
  Setup setup() {
    Mistakes mistakes = new Mistakes();
    Section alertingSection = Yaml.parse("alerting", alerting, mistakes);
    Section deliverySection = Yaml.parse("delivery", delivery, mistakes);
    AlertEngineConfig config =
        AlertEngineConfig.from(alertingSection, deliverySection, folder, folder);
    alertingSection.end();
    deliverySection.end();
    TradingCalendars calendars = TradingCalendars.read(Path.of("../config/calendars"), mistakes);
    AlertRules rules =
        AlertRules.read(
            config.rules(), mistakes, new Vocabulary(_ -> {}, Map.of()).with(calendars));
    AlertRouting routing =
        AlertRouting.read(config, OnCall.read(config.onCall(), mistakes), mistakes);
    mistakes.throwIfAny();
    return new Setup(config, rules, routing, this::upstreams);
  }

  AlertEngine start() {
    Setup setup = setup();
    engine =
        AlertEngine.start(
            setup.config(),
            setup.rules(),
            setup.routing(),
            ports(),
            new AlertSurroundings(database, clock, registry, tracer));
    return engine;
  }

  /// Takes up the files as they are now, while it runs.
  void reload() {
    Setup setup = setup();
    AlertEngine running = engine();
    running.exchange(setup.config(), setup.rules(), setup.routing());
    running.lookAgain();
  }

  AlertEngine engine() {
    AlertEngine running = engine;
    return running == null ? start() : running;
  }

  void stop() {
    if (engine != null) {
      engine.close();
      engine = null;
    }
  }

  /// It is over without having noticed.
  void abandon() {
    engine = null;
  }

  void goTo(Duration since) {
    time.advanceTo(begin.plus(since));
  }

  Duration elapsed(Instant at) {
    return Duration.between(begin, at);
  }

  AlertJournal journal() {
    return engine().journal();
  }

  List<PageGroup> openGroups() {
    return journal().openGroups();
  }

  /// All deliveries in the order in which they were decided.
  List<Delivery> deliveries() {
    List<Delivery> all = new ArrayList<>();
    for (PageGroup group : journal().latestGroups(1_000)) {
      all.addAll(journal().outbox().ofGroup(group.id()));
    }
    all.sort(
        Comparator.comparing(Delivery::createdAt)
            .thenComparing(Delivery::target)
            .thenComparing(delivery -> delivery.notification().reason().word()));
    return all;
  }

  /// The newest summary that a person or channel was told.
  Delivery summary(String target) {
    return deliveries().reversed().stream()
        .filter(delivery -> delivery.notification().reason().isSummary())
        .filter(delivery -> delivery.target().endsWith(":" + target))
        .findFirst()
        .orElseThrow();
  }

  List<Path> mails() throws IOException {
    Path fresh = folder.resolve("mailbox/new");
    if (!Files.isDirectory(fresh)) {
      return List.of();
    }
    try (var files = Files.list(fresh)) {
      return files.sorted().toList();
    }
  }

  @Override
  public void close() {
    stop();
    database.close();
  }
}
